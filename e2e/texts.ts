/** Texts for specs, made by code: the same every time, and no offline rule was tuned on them. */

const SUBJECTS = ['The miller', 'A surveyor', 'Her cousin', 'The council', 'An old ferryman', 'The clerk'];
const VERBS = ['measured', 'repaired', 'described', 'forgot', 'sold', 'painted', 'counted'];
const OBJECTS = ['the northern fence', 'a row of barrels', 'two wooden gates', 'the parish ledger', 'a blue cart'];
const ENDS = ['before the frost', 'after the fair', 'in plain daylight', 'without a word', 'for the third time'];

/** Dull prose of at least `chars` characters, in paragraphs, with `facts` at even distances. */
export function haystack(chars: number, facts: readonly string[] = []): string {
  const sentences: string[] = [];
  let length = 0;
  for (let n = 0; length < chars; n++) {
    const pick = (list: readonly string[], stride: number) => list[(n * stride + Math.floor(n / list.length)) % list.length];
    const end = n % 6 === 5 ? '.\n\n' : '. ';
    const sentence = `${pick(SUBJECTS, 5)} ${pick(VERBS, 3)} ${pick(OBJECTS, 2)} ${pick(ENDS, 7)}${end}`;
    sentences.push(sentence);
    length += sentence.length;
  }
  facts.forEach((fact, n) => {
    sentences.splice(Math.floor(((n + 1) * sentences.length) / (facts.length + 1)), 0, `${fact} `);
  });
  return sentences.join('');
}

/** A file as Playwright's choosers take it. */
export function file(name: string, content: string | Buffer, mimeType = 'text/plain') {
  return { name, mimeType, buffer: typeof content === 'string' ? Buffer.from(content) : content };
}

/**
 * Dull prose too large to be a string of the REPL's, as small as that can be: it holds an arrow, so
 * every one of its characters counts as two bytes there. `facts` stand at even distances.
 */
export function tooLargeForMemory(facts: readonly string[] = []): string {
  const block = haystack(100_000);
  const blocks = Array.from({ length: Math.ceil(33_554_433 / block.length) }, () => block);
  facts.forEach((fact, n) => {
    blocks.splice(Math.floor(((n + 1) * blocks.length) / (facts.length + 1)), 0, `${fact} `);
  });
  return `→ ${blocks.join('')}`;
}
