import { describe, expect, test } from 'vitest';
import { codeBeingWritten, replyParts } from './reply-parts.ts';

describe('replyParts', () => {
  test('tells what followed the block that was run', () => {
    const text = 'First a look.\n\n```repl\nprint(1)\n```\nOutput: 1\n```repl\nprint(2)\n```';
    expect(replyParts(text, 'print(1)')).toEqual({
      before: 'First a look.\n\n```repl\n',
      code: 'print(1)',
      close: '```',
      after: 'Output: 1\n```repl\nprint(2)\n```',
    });
  });

  test('skips blocks that hold something else', () => {
    const text = '```json\n{}\n```\n```js\nx = 1\n```\n```js\ny = 2\n```\n';
    expect(replyParts(text, 'y = 2')?.before).toBe('```json\n{}\n```\n```js\nx = 1\n```\n```js\n');
    expect(replyParts(text, 'y = 2')?.after).toBe('');
  });

  test('keeps backticks inside the code, and carriage returns', () => {
    const code = 'const s = `a`\r\nprint(s)';
    expect(replyParts(`~~~ts\r\n${code}\r\n~~~\r\nrest`, code)).toMatchObject({ code, close: '~~~', after: 'rest' });
  });

  test('is null for an answer in the text', () => {
    expect(replyParts('FINAL_VAR(x)', 'FINAL_VAR("x")')).toBeNull();
  });
});

test('code being written is what stands after the open fence', () => {
  expect(codeBeingWritten('I will look.')).toBeNull();
  expect(codeBeingWritten('I will look.\n```repl\nprint(con')).toBe('print(con');
  expect(codeBeingWritten('```js\nprint(1)\n```\nand')).toBe('print(1)');
  expect(codeBeingWritten('```repl')).toBe('');
});

test('what was looked for before leaves no trace', () => {
  const text = 'Look.\n```repl\nprint(1)\n```\nOutput: 1';
  expect(codeBeingWritten(text)).toBe('print(1)');
  expect(replyParts(text, 'print(1)')?.after).toBe('Output: 1');
  expect(codeBeingWritten('```repl\nx')).toBe('x');
});
