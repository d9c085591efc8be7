import { MISS, NEEDLE } from './context-files.ts';

/** One thing that models write over a large text: the same lines run in a cell and in plain V8. */
export interface Search {
  readonly name: string;
  /** Statements that end with printing one number, by which the two are compared. */
  readonly code: string;
  /** How often the cell does it: quick calls would otherwise measure the cell around them. */
  readonly times: number;
  /** Value / baseline that we aim at; null where QuickJS itself is left to do it. */
  readonly bar: number | null;
}

const search = (name: string, times: number, code: string, bar: number | null = 3): Search => ({ name, times, code, bar });

/** Over a text that fits into memory. `context` is a real string there. */
export const SEARCHES: readonly Search[] = [
  search('indexOf miss', 5, `print(context.indexOf('${MISS}'));`),
  search('indexOf last line', 5, `print(context.indexOf('${NEEDLE}'));`),
  search(
    'indexOf loop',
    1,
    `let hits = 0;
let at = context.indexOf('timeout');
while (at !== -1) {
  hits++;
  at = context.indexOf('timeout', at + 1);
}
print(hits);`,
  ),
  search('includes miss', 5, `print(context.includes('${MISS}') ? 1 : 0);`),
  search('lastIndexOf miss', 5, `print(context.lastIndexOf('${MISS}'));`),
  search('search last line', 5, `print(context.search(/${NEEDLE} id=\\d/));`),
  search('match literal miss', 5, `print((context.match(/${MISS}/g) || []).length);`),
  search('match /timeout/g', 5, 'print(context.match(/timeout/g).length);'),
  search('match /TIMEOUT/gi', 2, 'print(context.match(/TIMEOUT/gi).length);'),
  search('match /error|warning|timeout/g', 2, 'print(context.match(/error|warning|timeout/g).length);'),
  search('match /id=(\\d+)/g', 1, 'print(context.match(/id=(\\d+)/g).length);'),
  search('match /\\d+/g', 1, 'print(context.match(/\\d+/g).length);'),
  search('match lookaround', 2, 'print(context.match(/(?<=\\[)error(?=\\])/g).length);'),
  search('match /^.*timeout.*$/gm', 1, 'print(context.match(/^.*timeout.*$/gm).length);'),
  search(
    'matchAll dense, with groups',
    1,
    `let sum = 0;
for (const match of context.matchAll(/id=(\\d+)/g)) sum += Number(match[1]);
print(sum);`,
  ),
  search(
    'matchAll sparse',
    2,
    `let found = 0;
for (const match of context.matchAll(/id=(7777\\d*)/g)) found += match[1].length;
print(found);`,
  ),
  search(
    'exec loop dense',
    1,
    `const expression = /timeout/g;
let count = 0;
let found;
while ((found = expression.exec(context)) !== null) count += found.index % 7;
print(count);`,
  ),
  search("split('\\n')", 1, "print(context.split('\\n').length);"),
  search(
    'split and filter(includes)',
    1,
    "print(context.split('\\n').filter((line) => line.includes('timeout')).length);",
  ),
  search(
    'count over lines',
    1,
    `let count = 0;
for (const line of context.split('\\n')) if (line.includes('error') && line.includes('id=9')) count++;
print(count);`,
  ),
  search('grep rare', 5, `print(grep(/${NEEDLE}/).length);`, 1.5),
  search('grep none', 5, `print(grep(/${MISS}/).length);`, 1.5),
  search('grep all', 1, 'print(grep(/id=7\\d\\d\\b/, { limit: Infinity }).length);', 1.5),
  search('toLowerCase', 1, 'print(context.toLowerCase().length);', null),
];

/** Over a file that is read by windows: each counts by pieces as well, for the plain side does. */
export const LAZY_SEARCHES: readonly Search[] = [
  search('includes miss', 1, `print(context.includes('${MISS}') ? 1 : 0);`),
  search('match literal miss', 1, `print((context.match(/${MISS}/g) || []).length);`),
  search('match /7777/g', 1, 'print((context.match(/id=7777\\d*/g) || []).length);'),
  search('match /TIMEOUT 7/gi', 1, 'print((context.match(/TIMEOUT\\] ID=77\\d\\d\\b/gi) || []).length);'),
  search('matchAll alternation', 1, 'let n = 0;\nfor (const match of context.matchAll(/\\[(?:slow|warning)\\] id=(77\\d\\d)\\b/g)) n += match[1].length;\nprint(n);'),
  search('matchAll lookaround', 1, 'let n = 0;\nfor (const match of context.matchAll(/(?<=\\] )id=99\\d\\d\\b(?= \\S)/g)) n++;\nprint(n);'),
  search('match /^.*timeout.* id=77.*$/gm', 1, 'print((context.match(/^.*timeout\\] id=777.*$/gm) || []).length);'),
];

/** Over a file, where the plain side has to split the pieces: a line at a time. */
export const LAZY_LINES: Search = search(
  'count over lines()',
  1,
  "let n = 0;\nfor (const line of context.lines()) if (line.includes('timeout')) n++;\nprint(n);",
);
export const PLAIN_LINES = "let n = 0;\nfor (const line of context.split('\\n')) if (line.includes('timeout')) n++;\nprint(n);";

/** Words that are searched for, behind the quote or slash that begins what is searched for. */
const WORDS = new RegExp(`(?<=['/])(?:timeout|${NEEDLE}|${MISS})\\b`, 'g');

/**
 * The code as often as it says, each time in a block of its own. Later blocks look for the ends of
 * the same words, which are found as often: a search that was made before may be remembered.
 */
export function repeated({ code, times }: Search): string {
  const blocks = Array.from({ length: times }, (_, n) => code.replaceAll(WORDS, (word) => word.slice(n)));
  return blocks.map((block) => `{\n${block}\n}`).join('\n');
}
