import { describe, expect, it } from 'vitest';
import { failureIn, speaksOfMissingText } from './prompt-checks.ts';

describe('a prompt', () => {
  it.each([
    'Summarise the following text.', 'Which names are in the context above?', 'What does this document say about plums?', 'Read the passage and answer: who?',
    'Extract all dates from the provided documents', 'Given the text below, who is it?', 'Summarise the following text:', 'Text follows.\nSummarise this article:\n\n',
  ])('that speaks of a text and holds none lacks data: %s', (prompt) => expect(speaksOfMissingText(prompt)).toBe(true));

  it.each([
    'Summarise the following text:\n\nAda Lovelace was born in 1815.', 'Summarise the following text: Ada Lovelace was born in 1815.', 'Is the following text about plums? "Plums are blue, some are yellow."',
    'Ada Lovelace was born in 1815.\n\nWho is named in the text above?', 'What is the capital of France?', 'Contextual bandits: what are they?', `What does this document say? ${'x'.repeat(500)}`,
  ])('that holds one, or needs none, does not: %s', (prompt) => expect(speaksOfMissingText(prompt)).toBe(false));

  it('holds an error where it holds its words, and short words only as an error’s', () => {
    expect(failureIn('1. Ada\n2. Error: The limit of 2 sub-calls is reached.\n', ['The limit of 2 sub-calls is reached.'])).toBe(true);
    expect(failureIn('I caught this: The limit of 2 sub-calls is reached.', ['The limit of 2 sub-calls is reached.'])).toBe(false);
    expect(failureIn('Busy. Ada', ['Busy.'])).toBe(false);
    expect(failureIn('Ada, Error: Busy., Bob', ['Busy.'])).toBe(true);
    expect(failureIn('Ada, [object Error]', [])).toBe(true);
    expect(failureIn('Ada', [])).toBe(false);
  });
});
