import type { Question } from './question.ts';

export interface Mention {
  readonly phrase: string;
  readonly pattern: RegExp;
  readonly unit: 'times' | 'lines' | 'documents';
  readonly noun: string;
}

const WORD = String.raw`(?:the |a |an |any )?(?:(?:exact )?(?:word|name|phrase|term|string|text)s? )?`;
const TAIL = String.raw`(?: (?:in|within|throughout) (?:the |this |all |these )?(?:whole |entire )?(?:text|document|file|book|context|log|data|corpus|bible|kjv|documents|files))?\s*\??$`;
const SAYS = String.raw`(?:contain|mention|include|say|have|talk about|refer to|discuss|describe|speak of|are about|is about|name|cover)`;
const RULES: readonly (readonly [Mention['unit'], RegExp])[] = [
  ['times', new RegExp(String.raw`how (?:many times|often) (?:is|are|was|were|does|do|did|has|have) ${WORD}(.+?) (?:been )?(?:appears?|occurs?|mentioned|used|found|come up|written|named|said|stand|present)\b.*$`, 'i')],
  ['times', new RegExp(String.raw`(?:how many|count (?:the |all )?|number of) (?:occurrences?|mentions?|instances|appearances) of ${WORD}(.+?)(?: are there| are| occur| appear)?${TAIL}`, 'i')],
  ['documents', new RegExp(String.raw`(?:which|what|how many|list (?:all )?(?:the )?|in (?:which|what)) (?:of the )?(?:documents?|files?|texts?|pages?|notes?|reports?|memos?|letters?)(?: that| which)? (?:${SAYS})s? ${WORD}(.+?)${TAIL}`, 'i')],
  ['documents', new RegExp(String.raw`(?:in )?(?:which|what) (?:documents?|files?|texts?|notes?|reports?|memos?|letters?) (?:is|are|does|do|was|were) ${WORD}(.+?) (?:mentioned|named|discussed|described|found|appear|occur|talked about)\b.*$`, 'i')],
  ['lines', new RegExp(String.raw`(?:how many|count (?:all )?(?:the )?|number of) ((?:log )?(?:lines?|verses?|rows|entries|sentences|paragraphs|messages?|records?|events?|posts|logs|texts))(?: that| which| of the \w+)? (?:${SAYS})s? ${WORD}(.+?)${TAIL}`, 'i')],
];

/** A question that a plain search of the whole text answers exactly, else null. */
export function readMention(question: Question): Mention | null {
  for (const [unit, rule] of RULES) {
    const match = rule.exec(question.text);
    if (match === null) continue;
    const noun = unit === 'lines' ? (match[1] ?? 'lines') : unit;
    const raw = (unit === 'lines' ? match[2] : match[1]) ?? '';
    const phrase = raw.trim().replace(/^["'“‘«]+|["'”’».?!]+$/gu, '');
    if (phrase === '' || phrase.split(/\s+/).length > 6) continue;
    if (unit !== 'times' && question.quoted.length === 0 && /\b(?:who|which|that|where|and|or)\b/i.test(phrase)) continue;
    return { phrase, pattern: patternFor(phrase, unit === 'lines' && !/\bword\b/i.test(question.text)), unit, noun };
  }
  return null;
}

/** Case counts only where the phrase is written in capitals; `inside` also finds it within words. */
function patternFor(phrase: string, inside: boolean): RegExp {
  const body = phrase
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('\\s+');
  const shouted = phrase.length > 1 && phrase === phrase.toUpperCase() && phrase !== phrase.toLowerCase();
  const ascii = /^[\x20-\x7e]+$/.test(phrase);
  const from = inside || !/^[\w]/.test(phrase) ? '' : ascii ? '\\b' : '(?<!\\p{L})';
  const to = inside || !/[\w]$/.test(phrase) ? '' : ascii ? '\\b' : '(?!\\p{L})';
  return new RegExp(`${from}${body}${to}`, `g${shouted ? '' : 'i'}${ascii ? '' : 'u'}`);
}
