import { js } from './cell.ts';
import type { Turn } from './cell.ts';

/** Turn 1: sizes, and lines from many places, by which the next turns choose their way. */
export function probe(): Turn {
  return {
    plan: 'I have seen nothing yet, so I look first: how much there is, and what its lines look like at the beginning and at places spread over the whole.',
    code: js`
// PROBE: how much is there, and what does a line look like?
const texts = Array.isArray(context) ? context : [context];
const size = texts.reduce((sum, text) => sum + text.length, 0);
// A text in a large file has lines() and cannot be split; a string is split fastest.
const linesOf = (text) => (text.lines ? text.lines() : text.split('\n'));
print(\`documents: \${texts.length}\`);
print(\`characters: \${size}\`);
for (const document of documents.slice(0, 40)) {
  print(\`document: \${JSON.stringify(document.name)}, \${document.chars} characters, \${document.lines} lines\`);
}

// The line at a place, cut to a length that is good to look at.
const lineAt = (text, place) => {
  const before = text.slice(Math.max(0, place - 600), place);
  const from = place - before.length + before.lastIndexOf('\n') + 1;
  return text.slice(from, from + 600).split('\n')[0];
};
// The first lines of the first texts, then lines from evenly spread places.
for (const text of texts.slice(0, 3)) {
  for (const line of text.slice(0, 4000).split('\n').slice(0, 8)) print('first: ' + JSON.stringify(line.slice(0, 600)));
}
for (let i = 1; i <= 12; i += 1) {
  const text = texts[Math.floor((i / 13) * texts.length)];
  const place = texts.length > 12 ? 0 : Math.floor(((i * 7) % 13 / 13) * text.length);
  print('spread: ' + JSON.stringify(lineAt(text, place).slice(0, 600)));
}`,
  };
}
