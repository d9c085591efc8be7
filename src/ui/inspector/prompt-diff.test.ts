import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differingPart, diffPrompts, sharedLines } from './prompt-diff.ts';

const lines = fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 8 }).map((all) => all.join('\n'));

describe('a prompt against another', () => {
  test('is equal lines, changed ones, equal lines', () => {
    const { start, removed, added, end } = diffPrompts('rule\nask\nbatch 16\nend', 'rule\nask\nbatch 17\nmore\nend');
    expect([start, removed, added, end].map((each) => each.lines)).toEqual([
      ['rule', 'ask'],
      ['batch 16'],
      ['batch 17', 'more'],
      ['end'],
    ]);
    expect(start.chars).toBe('rule\nask\n'.length);
  });

  test('loses no line and invents none, whatever the prompts', () => {
    fc.assert(
      fc.property(lines, lines, (other, text) => {
        const { start, removed, added, end } = diffPrompts(other, text);
        expect([...start.lines, ...added.lines, ...end.lines].join('\n')).toBe(text);
        expect([...start.lines, ...removed.lines, ...end.lines].join('\n')).toBe(other);
        if (other === text) expect(removed.lines.length + added.lines.length).toBe(0);
        if (removed.lines.length > 0 && added.lines.length > 0) {
          expect(removed.lines[0]).not.toBe(added.lines[0]);
          expect(removed.lines.at(-1)).not.toBe(added.lines.at(-1));
        }
      }),
    );
  });
});

test('lines that all prompts of a fan-out begin with', () => {
  expect(sharedLines(['rule\nask\n1', 'rule\nask\n2', 'rule\nask\n3'])).toBe(2);
  expect(sharedLines(['rule\nask\n1', 'rule\nask\n2', 'role\nask\n3'])).toBe(0);
  expect(sharedLines(['one\ntwo'])).toBe(2);
  expect(sharedLines([])).toBe(0);
});

test('what differs in a line, in whole words', () => {
  const part = (other: string, text: string) => {
    const found = differingPart(other, text);
    return found && text.slice(found.from, found.to);
  };
  expect(part('tickets 16 of 40', 'tickets 17 of 40')).toBe('17');
  expect(part('a b', 'a b')).toBeNull();
  expect(part('', 'new')).toBe('new');
  expect(part('id 100', 'id 1')).toBe('1');
});
