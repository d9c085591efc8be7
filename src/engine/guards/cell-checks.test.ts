import { describe, expect, it } from 'vitest';
import { createCircles, isInvented, missingVariable, printsErrorAsData } from './cell-checks.ts';

const ran = (code: string, observation: string, ok = true, prompts: readonly string[] = []) => ({ code, ok, observation, prompts });

describe('circles', () => {
  it('are the same error three times in a row, wherever its line stands', () => {
    const circles = createCircles();
    const error = (line: number, message = 'x is not defined') => ran(`${'\n'.repeat(line - 1)}x()`, `ReferenceError: ${message} (line ${line} of your code)`, false);
    expect(circles.add(error(1)).sameError).toBeNull();
    expect(circles.add(error(2)).sameError).toBeNull();
    expect(circles.add(error(3)).sameError).toBe(3);
    expect(circles.add(error(1)).sameError).toBeNull();
    expect(circles.add(error(1, 'y is not defined')).sameError).toBeNull();
    for (const expected of [null, null, 3]) expect(circles.add(error(1)).sameError).toBe(expected);
    expect(circles.add(error(1)).sameError).toBeNull();
    expect(circles.add(ran('1', '1')).sameError).toBeNull();
    for (const expected of [null, null, 3]) expect(circles.add(error(1)).sameError).toBe(expected);
  });

  it('are the same code, or the same output of some length, three times', () => {
    const circles = createCircles();
    expect([1, 2, 3].map(() => circles.add(ran(' print(n++) ', '')).again)).toEqual([null, null, 'code']);
    const long = 'the very same answer, printed again';
    expect([1, 2, 3].map((n) => circles.add(ran(`print(f${n})`, `${long}\n`)).again)).toEqual([null, null, 'output']);
    expect([1, 2, 3].map((n) => circles.add(ran(`done(${n})`, 'done\n')).again)).toEqual([null, null, null]);
  });

  it('are prompts of an earlier cell', () => {
    const circles = createCircles();
    expect(circles.add(ran('a', '', true, ['p', 'p'])).again).toBeNull();
    expect(circles.add(ran('b', '', true, ['q', 'p'])).again).toBe('prompts');
    expect(circles.add(ran('c', '', true, ['r'])).again).toBeNull();
  });
});

it('sees errors in a table, and not where they are shown as errors', () => {
  const failures = ['HTTP 429: too many requests.'];
  expect(printsErrorAsData('row 1 | Ada\nrow 2 | Error: HTTP 429: too many requests.\n', failures)).toBe(true);
  expect(printsErrorAsData('["Ada","HTTP 429: too many requests."]', failures)).toBe(true);
  expect(printsErrorAsData('Error: HTTP 429: too many requests.\n', failures)).toBe(false);
  expect(printsErrorAsData('failed: HTTP 429: too many requests.\n', failures)).toBe(false);
  expect(printsErrorAsData('Error: HTTP 429: too many requests. (line 1 of your code)', failures)).toBe(false);
  expect(printsErrorAsData('a, b', failures)).toBe(false);
  expect(printsErrorAsData('a, [object Error]', [])).toBe(true);
});

it('reads the name that FINAL_VAR did not find', () => {
  expect(missingVariable(ran('', 'Error: FINAL_VAR: there is no variable "three". Variables: one, two. (line 1 of your code)', false))).toBe('three');
  expect(missingVariable(ran('', 'TypeError: x', false))).toBeNull();
});

it.each([
  ['\n\nOutput:\n42', true],
  ['\n**Output of the cell:** 42', true],
  ['\nREPL output:\n```\n42\n```', true],
  ['\nFINAL(42)', true],
  ['\n  FINAL_VAR("x")', true],
  ['\n```repl\nprint(2)\n```', true],
  ['', false],
  ['\nThis prints the size. I wait for the output.', false],
  ['\nThe results will show it.', false],
])('what follows a block, %j, looks like an invented output: %s', (after, expected) => {
  expect(isInvented(after)).toBe(expected);
});
