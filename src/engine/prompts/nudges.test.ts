import { expect, it } from 'vitest';
import { exampleReply, guardOf, nudgeMessage } from './nudges.ts';

it('nudges by what was wrong', () => {
  expect(nudgeMessage({ why: 'empty', finishReason: 'content_filter' })).toContain('«content_filter»');
  expect(nudgeMessage({ why: 'cut' })).toContain('cut off at its length limit');
  expect(nudgeMessage({ why: 'unclosed' })).toContain('not closed');
  expect(nudgeMessage({ why: 'other-language', language: 'python' })).toContain('«python»');
  expect(nudgeMessage({ why: 'no-code' })).toContain('no block to run');
  expect(nudgeMessage({ why: 'empty-final' })).toContain('Your answer was empty');
});

it('knows which slip each is about', () => {
  expect(guardOf({ why: 'cut' })).toBe('cut-reply');
  expect(guardOf({ why: 'no-code' })).toBe('no-code');
  expect(guardOf({ why: 'empty-final' })).toBeNull();
});

it('fills an example in with the longest words of the question, in their order', () => {
  expect(exampleReply('Who signed the Freedom Declaration of 1776, and where?')).toContain(
    '```repl\nprint(grep(/signed|freedom|declaration/i, { limit: 10, around: 200 }));\n```',
  );
  expect(exampleReply('Wer unterschrieb die Erklärung?')).toContain('/unterschrieb|erklärung/i');
  expect(exampleReply('Why?')).toContain('.slice(0, 2000)');
});
