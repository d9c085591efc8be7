/** Letters, digits and the marks on them, as they come. */
const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const ASCII_RUN = /[a-z0-9]+/g;
const ASCII = /^[\0-\x7f]*$/;
/** Scripts that are written without spaces between words, and Korean, whose words carry endings. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const LATIN_MARKS = /[\u0300-\u036f]/g;
/** Characters of a word that tell it from others: what is longer is data. */
const MOST_CHARS = 64;

/**
 * The words of a text, as they are searched for: in lower case and without accents. Scripts without
 * spaces are cut into pairs of neighbours, as search engines do: the same for a text and a question
 * whatever surrounds them, and in every browser, which `Intl.Segmenter` is not.
 */
export function words(text: string): string[] {
  if (ASCII.test(text)) return (text.toLowerCase().match(ASCII_RUN) ?? []).map((run) => run.slice(0, MOST_CHARS));
  const found: string[] = [];
  for (const run of text.normalize('NFKC').match(RUN) ?? []) {
    if (ASCII.test(run)) found.push(run.slice(0, MOST_CHARS).toLowerCase());
    else addWords(run, found);
  }
  return found;
}

function addWords(run: string, found: string[]): void {
  let from = 0;
  for (const { 0: part, index } of run.matchAll(UNSPACED)) {
    addWord(run.slice(from, index), found);
    addPairs(part, found);
    from = index + part.length;
  }
  addWord(run.slice(from), found);
}

function addWord(word: string, found: string[]): void {
  if (word === '') return;
  const folded = word.slice(0, MOST_CHARS).toLowerCase().normalize('NFD').replace(LATIN_MARKS, '').normalize('NFC');
  if (folded !== '') found.push(folded);
}

function addPairs(part: string, found: string[]): void {
  const characters = Array.from(part);
  if (characters.length === 1) found.push(part);
  for (let i = 1; i < characters.length; i++) found.push(`${characters[i - 1]}${characters[i]}`);
}
