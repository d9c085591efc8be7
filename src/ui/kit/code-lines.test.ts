import { expect, test } from 'vitest';
import { splitLines } from './code-lines.tsx';
import { highlightJavaScript } from './highlight-javascript.ts';

test('lines joined give the code again, pieces over several lines and all', () => {
  const code = 'const a = `one\n  two`\n\n/* three\nfour */ await llm_query(a)\n';
  const lines = splitLines(highlightJavaScript(code));
  expect(lines.map((pieces) => pieces.map(({ text }) => text).join('')).join('\n')).toBe(code);
  expect(lines[1]?.map(({ role }) => role)).toEqual(['string']);
  expect(lines[3]?.[0]).toEqual({ text: '/* three', role: 'comment' });
  expect(lines[4]?.some(({ text, role }) => text === 'llm_query' && role === 'call')).toBe(true);
  expect(lines.at(-1)).toEqual([]);
});
