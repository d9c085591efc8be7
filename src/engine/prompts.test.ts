import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../trajectory/settings.ts';
import { outputMessage, plainPrompt, withTurnLine } from './prompts.ts';

const budget = { calls: 200, tokens: null, usd: 1, turns: 29, seconds: 1_800 };
const share = { calls: 200, usd: 1 };
const notes = { turn: 2, turns: 30, last: null, budget, share, settings: DEFAULT_SETTINGS };

describe('the turn line', () => {
  it('ends each message', () => {
    expect(withTurnLine('Body', notes)).toBe('Body\n\nTurn 2 of 30.');
    expect(withTurnLine('Body', { ...notes, turn: 1 })).toMatch(/\nTurn 1 of 30\.\nYou have seen nothing/);
  });

  it('says what is low', () => {
    const low = { calls: 20, tokens: null, usd: 0.05, turns: 1, seconds: 100.7 };
    expect(withTurnLine('Body', { ...notes, budget: low })).toContain(
      'Little is left: 20 of 200 sub-calls, 0.0500 of 1.00 USD, 100 of 1,800 seconds.\nTurn 2',
    );
  });

  it('measures what is low by what the call was given', () => {
    const low = { calls: 3, tokens: null, usd: 0.004, turns: 1, seconds: 1_800 };
    const said = (calls: number, usd: number) => withTurnLine('Body', { ...notes, budget: low, share: { calls, usd } });
    expect(said(40, 0.05)).toContain('Little is left: 3 of 40 sub-calls, 0.0040 of 0.0500 USD.');
    expect(said(6, 0.01)).toBe('Body\n\nTurn 2 of 30.');
  });

  it.each([
    ['turns', 'The turns are used up'],
    ['usd', 'The budget is used up'],
    ['seconds', 'The time is used up'],
  ] as const)('says that the turn is the last: %s', (last, because) => {
    expect(withTurnLine('Body', { ...notes, last })).toContain(`${because}: this is your last turn.`);
  });
});

describe('the output message', () => {
  it('shows the observation and the names of variables', () => {
    expect(outputMessage('42\n', ['a', 'b'])).toBe('Output of your cell:\n42\n\nYour variables: a, b.');
    expect(outputMessage('', [])).toMatch(/^Output of your cell:\n\(It printed nothing/);
  });
});

it('says in a plain prompt when the context did not fit', () => {
  expect(plainPrompt('Q', 'abc', 3)).toBe('Question:\nQ\n\nContext:\nabc');
  expect(plainPrompt('Q', 'abc', 1_000)).toContain('its first 3 of 1,000 characters');
});

it('names the variables that may hold the answer in the last turn alone', () => {
  const candidates = ['result', 'table'];
  expect(withTurnLine('Body', { ...notes, last: 'turns', candidates })).toMatch(/\nYour variables result, table may hold it: FINAL_VAR\("result"\)\.$/);
  expect(withTurnLine('Body', { ...notes, last: 'turns', candidates: ['result'] })).toContain('Your variable result may');
  expect(withTurnLine('Body', { ...notes, candidates })).not.toContain('FINAL_VAR');
});
