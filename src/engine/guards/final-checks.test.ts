import { describe, expect, it } from 'vitest';
import { answerCandidates, doubtOf, nearestName } from './final-checks.ts';

const question = 'Who wrote the letter of 3 May?';
const context = { question, variables: ['final_answer', 'rows'], failures: ['HTTP 429: too many requests, wait a while.', 'Busy.'] };
const guardOf = (text: string) => doubtOf(text, context)?.guard ?? null;

describe('a final', () => {
  it.each([
    'I will search the context for the letter.', 'I’ll look at it.', "Let's find the letter first.", 'Let me look.', 'Okay, let me look.', 'First, I need to read the letter.',
    'My plan is to read all of it.', 'Plan: read, count, answer.', 'Step 1: search for the letter.', 'To answer this question, I need to search.', 'We need to look at page 3.',
  ])('that is a plan is doubted: %s', (text) => expect(guardOf(text)).toBe('plan-as-answer'));

  it.each([
    '<answer here>', '[Your answer]', '{{answer}}', 'TODO', 'TBD.', '...', '…', 'your final answer here', 'undefined', 'null', '[object Object]', '[Function: find]',
    'function find() { return 1 }', '() => rows', 'get_answer()',
  ])('that is a placeholder or code is doubted: %s', (text) => expect(guardOf(text)).toBe('plan-as-answer'));

  it('that is the question itself is doubted', () => {
    expect(guardOf('who wrote the letter of 3 May')).toBe('plan-as-answer');
    expect(doubtOf('c', { ...context, question: 'C' })).toBeNull();
  });

  it('that is the name of a variable is doubted, with what to write', () => {
    expect(doubtOf('final_answer', context)).toMatchObject({ guard: 'unknown-variable', text: expect.stringContaining('FINAL_VAR("final_answer")') });
    expect(doubtOf('finalAnswer', context)).toMatchObject({ guard: 'unknown-variable', text: expect.stringContaining('Did you mean FINAL_VAR("final_answer")?') });
    expect(doubtOf('result_text', { ...context, variables: [] })?.text).toContain('You have made no variables.');
  });

  it.each(['Ada; Error: HTTP 429: too many requests, wait a while.; Bob', 'a, Error: Busy., c', '[object Error]', 'It is [object Promise]'])(
    'that holds an error is doubted: %s',
    (text) => expect(guardOf(text)).toBe('error-as-data'),
  );

  it.each([
    'Ada Lovelace', '42', 'plum', 'I', 'null and void', 'Let it be', 'The plan: a garden of 3 acres', '[1, 2]', '["answer"]', '{"answer": 1}', '(1, 2)\n(3, 4)', '<b>Ada</b>', 'iPhone', 'snake_case',
    'Stephen', 'Planck', 'Two of the answers were busy.', 'Ada wrote it. I will be brief: the letter says so.', '[the result of 1815]x', 'Error handling is in main.ts', 'main()'.slice(0, 4),
    `I will ${'say a lot of things. '.repeat(40)}`, `${'plum '.repeat(2_000_000)}`, `<${'answer '.repeat(200_000)}`,
  ])('that is an answer is not: %.30s', (text) => expect(guardOf(text)).toBeNull());
});

it('finds the nearest name', () => {
  expect(nearestName('finalanswer', ['x', 'final_answer'])).toBe('final_answer');
  expect(nearestName('results', ['rest', 'result'])).toBe('result');
  expect(nearestName('summary', ['x', 'rows'])).toBeNull();
  expect(nearestName('a', [])).toBeNull();
});

it('names the variables that may hold an answer, the latest first', () => {
  expect(answerCandidates(['x', 'result', 'answer', 'pageTable', 'final_answer', 'i'])).toEqual(['final_answer', 'pageTable', 'result']);
  expect(answerCandidates(Array.from({ length: 9 }, (_, index) => `result${index}`))).toHaveLength(5);
});
