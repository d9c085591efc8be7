/** Words of a text and what makes two of them the same word: Unicode tokens, light stemming. */

export interface Token {
  readonly text: string;
  readonly lower: string;
  /** Characters `from..to` of the text it was read from. */
  readonly from: number;
  readonly to: number;
  /** Starts with an upper-case letter. */
  readonly capital: boolean;
  readonly digits: boolean;
}

// Letters and digits, joined by the marks that codes, names, times and addresses use inside.
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’\-‐.:/@_&][\p{L}\p{N}\p{M}]+)*/gu;
/** Scripts that write no spaces between words: their runs are cut into pairs of characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** Words of `text` in order. Runs of unspaced scripts give overlapping pairs of characters. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    if (word.search(UNSPACED) >= 0) tokens.push(...pairs(word, match.index));
    else tokens.push(token(word, match.index));
  }
  return tokens;
}

function token(text: string, from: number): Token {
  return {
    text,
    lower: text.toLowerCase().replaceAll('’', "'"),
    from,
    to: from + text.length,
    capital: /^\p{Lu}/u.test(text),
    digits: /\p{N}/u.test(text),
  };
}

function pairs(run: string, from: number): Token[] {
  const out: Token[] = [];
  let at = 0;
  for (const match of run.matchAll(UNSPACED)) {
    if (match.index > at) out.push(token(run.slice(at, match.index), from + at));
    const part = match[0];
    if (part.length === 1) out.push(token(part, from + match.index));
    for (let i = 0; i + 2 <= part.length; i += 1) {
      out.push(token(part.slice(i, i + 2), from + match.index + i));
    }
    at = match.index + part.length;
  }
  if (at < run.length) out.push(token(run.slice(at), from + at));
  return out;
}

const IRREGULAR_FORMS =
  'write:wrote,written build:built sell:sold buy:bought lead:led run:ran win:won pay:paid make:made ' +
  'hold:held keep:kept lose:lost meet:met teach:taught catch:caught bring:brought send:sent spend:spent ' +
  'leave:left grow:grew,grown know:knew,known draw:drew,drawn fly:flew,flown give:gave,given take:took,taken ' +
  'steal:stole,stolen hide:hid,hidden choose:chose,chosen sing:sang,sung sink:sank,sunk swim:swam drink:drank ' +
  'begin:began,begun break:broke,broken speak:spoke,spoken wear:wore,worn drive:drove,driven ride:rode,ridden ' +
  'rise:rose,risen fall:fell,fallen feel:felt sleep:slept stand:stood understand:understood tell:told sit:sat ' +
  'fight:fought think:thought seek:sought shoot:shot eat:ate,eaten forget:forgot,forgotten get:got,gotten ' +
  'go:went,gone come:came become:became do:did,done see:saw,seen say:said lend:lent bury:buried ' +
  'lay:laid lie:lain ring:rang,rung throw:threw,thrown blow:blew,blown freeze:froze,frozen swear:swore,sworn ' +
  'tear:tore,torn find:found bind:bound wind:wound feed:fed flee:fled dig:dug hang:hung strike:struck ' +
  'weave:wove,woven bake:baked die:died,dying tie:tied,tying man:men woman:women child:children foot:feet ' +
  'tooth:teeth goose:geese mouse:mice person:people wife:wives knife:knives wolf:wolves ' +
  'thief:thieves loaf:loaves shelf:shelves half:halves calf:calves beget:begat,begotten have:has,had be:is,are,was,were,been';

const IRREGULAR = new Map<string, string>();
for (const entry of IRREGULAR_FORMS.split(' ')) {
  const [base = '', forms = ''] = entry.split(':');
  for (const form of forms.split(',')) IRREGULAR.set(form, base);
}

/** Other written forms of the word with this stem («write» gives wrote, written). */
export function irregularForms(base: string): string[] {
  return [...IRREGULAR].filter(([, of]) => stem(of) === base).map(([form]) => form);
}

const VOWEL = /[aeiouy]/;

/** A light English stem, harmless elsewhere: «discovered», «discovers» and «discovering» agree. */
export function stem(word: string): string {
  const plain = word
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'s?$/, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const base = IRREGULAR.get(plain) ?? plain;
  if (base.length <= 3 || /[^a-z]/.test(base)) return base;
  return finish(strip(base));
}

function strip(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return strip(word.slice(0, -1));
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('eed')) return word;
  for (const ending of ['ing', 'ed']) {
    const root = word.slice(0, -ending.length);
    if (word.endsWith(ending) && root.length >= 3 && VOWEL.test(root)) return undouble(root);
  }
  if (word.endsWith('ly') && word.length > 5) return word.slice(0, -2);
  return word;
}

function undouble(root: string): string {
  return /([bdgklmnprt])\1$/.test(root) ? root.slice(0, -1) : root;
}

function finish(root: string): string {
  return root.length > 3 && root.endsWith('e') ? root.slice(0, -1) : root;
}

/** Stems a token answers to: its own and, for «co-founder's» or «db/main», those of its parts. */
export function stemsOf(token: Token): string[] {
  const whole = stem(token.lower);
  if (!/[-‐'.:/@_&]/.test(token.lower)) return [whole];
  return [whole, ...token.lower.split(/[-‐'.:/@_&]+/).filter(Boolean).map(stem)];
}

// What one family of words differs by: invent, inventor, invention.
const DERIVED = new Set(
  ['', 'e', 'y', 'er', 'or', 'ern', 'r', 'ship', 'ership', 'ion', 'ation', 'ment', 'anc', 'ence', 'al', 'ity', 'nes', 'ness', 'ur'].concat(
    ['en', 'em', 'n', 'a', 'o', 'i', 'os', 'as', 'ist', 'ian', 'iv', 'ativ', 'abl', 'ibl', 'ant', 'ent', 'ish', 'ful', 'hood', 'ery', 'ress', 'es', 'ti', 'ic', 'ical', 'age'],
  ),
);

const PHRASAL_VERBS: Readonly<Record<string, string>> = {
  'look after': 'keep', 'take care': 'keep', 'pass away': 'die', 'set up': 'establish', 'take place': 'happen', 'carry out': 'perform',
  'call off': 'cancel', 'put off': 'delay', 'go to': 'award', 'come from': 'origin', 'give up': 'quit', 'take over': 'succeed',
  'run out': 'end', 'turn down': 'reject', 'put up': 'build', 'grow up': 'live', 'break down': 'fail', 'bring up': 'raise',
  'find out': 'discover', 'show up': 'arrive', 'get to': 'reach', 'set out': 'depart', 'set sail': 'depart', 'go down': 'sink',
  'tear down': 'demolish', 'pull down': 'demolish', 'work out': 'solve', 'think up': 'invent', 'come up': 'invent', 'go off': 'depart',
  'move to': 'settle', 'lay to': 'bury', 'buy from': 'buy', 'make up': 'invent', 'stand for': 'mean', 'add up': 'total',
};

/** The stem of the plain verb that two words in a row mean: «looked after» is to keep. */
export function phrasalStem(first: string, second: string | undefined): string | undefined {
  return second === undefined ? undefined : PHRASAL_STEMS.get(`${first} ${second}`);
}

const PHRASAL_STEMS = new Map(
  Object.entries(PHRASAL_VERBS).map(([phrase, plain]) => {
    const [first = '', second = ''] = phrase.split(' ');
    return [`${stem(first)} ${second}`, stem(plain)];
  }),
);

/** True where two different stems are forms of one family: «invent» and «inventor». */
export function sameFamily(a: string, b: string): boolean {
  if (a === b) return true;
  // apply, application; happy, happiness
  if (yFamily(a, b) || yFamily(b, a)) return true;
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared += 1;
  const shortest = Math.min(a.length, b.length);
  if (shared < 3 || shared < shortest - 2) return false;
  const [restA, restB] = [a.slice(shared), b.slice(shared)];
  if (shared < 5 && !(restA === '' || restB === '')) return false;
  if (shared < 4 && !/^(?:er|or|ership)?$/.test(restA + restB)) return false;
  return DERIVED.has(restA) && DERIVED.has(restB);
}

function yFamily(base: string, other: string): boolean {
  return base.length > 3 && base.endsWith('y') && other.startsWith(`${base.slice(0, -1)}i`) && /^(?:cation|nes|ness|ful|er|cat|cant|ation)$/.test(other.slice(base.length));
}
