import { describe, expect, it } from 'vitest';
import { replyToPrompt } from './sub.ts';

const TEXT = 'The harbour of Brindle was built in 1884. Mayor Ann Pike opened it on 3 May 1885. It cost £4,200 and took six years. Write to info@brindle.org.';

describe('prompts in the form our root asks for', () => {
  const ask = (question: string, passage: string): string => replyToPrompt(`Answer in this form:\nANSWER: <a few words>\nCONFIDENCE: <0 to 100>\nQUOTE: <the sentence>\n\nQuestion: ${question}\n\nPassage (a.txt):\n"""\n${passage}\n"""`);

  it('answers with an exact quote, over two sentences where a pronoun needs it', () => {
    expect(ask('Who opened the harbour of Brindle?', TEXT)).toMatch(/^ANSWER: Mayor Ann Pike\nCONFIDENCE: \d+\nQUOTE: The harbour of Brindle was built in 1884\. Mayor Ann Pike opened it on 3 May 1885\.$/);
  });
  it('keeps the line breaks of a wrapped quote, so that it can be found again', () => {
    const wrapped = 'The steward of the house, who had been there since\nthe old days, was called Bartholomew Quill and never\nspoke of it.';
    const quote = /QUOTE: ([^]+)$/.exec(ask('What was the steward of the house called?', wrapped))?.[1] ?? '?';
    expect(wrapped).toContain(quote);
  });
  it('reads a passage that holds the marks around it', () => {
    const code = 'class Tide:\n    """\n    Tells the tide.\n    """\n    limit = 3\n\nThe steward of the house was called Bartholomew Quill.\n"""\nA note at the end.';
    expect(ask('What was the steward of the house called?', code)).toMatch(/^ANSWER: .*Bartholomew Quill\n/);
  });
  it('refuses near misses', () => {
    expect(ask('What is the access code of the north vault?', 'The access code of the south vault is 7391-KX.')).toMatch(/^NOT FOUND/);
    expect(ask('How many plum trees are there in Brindle?', 'Brindle has 412 pear trees.')).toMatch(/^NOT FOUND/);
    expect(ask('When did Ann Pike die?', 'Ann Pike opened the harbour in 1885.')).toMatch(/^NOT FOUND/);
    expect(ask('When did Lothair die?', 'Teutberga, who died in 875, was married to Lothair.')).toMatch(/^NOT FOUND/);
  });
  it('answers yes and no, with negation and opposites', () => {
    expect(ask('Is the museum open on Mondays?', 'The museum is not open on Mondays.')).toMatch(/^ANSWER: No/);
    expect(ask('Is the museum open on Mondays?', 'The museum is closed on Mondays.')).toMatch(/^ANSWER: No/);
    expect(ask('Is the museum open on Mondays?', 'The museum is open on Mondays.')).toMatch(/^ANSWER: Yes/);
    expect(ask('Is the door of the inn red?', 'The door of the inn is green.')).toMatch(/^ANSWER: No/);
  });
});

describe('prompts written by others', () => {
  it.each([
    ['plain question first', `Who opened the harbour? Answer from this text:\n\n${TEXT}`, /^Mayor Ann Pike/],
    ['plain question last', `${TEXT}\n\nQuestion: When was the harbour built?`, /^1884/],
    ['a fenced text', `\`\`\`\n${TEXT}\n\`\`\`\nWho is the mayor?`, /^Mayor Ann Pike/],
    ['the engine’s own plain prompt', `Question:\nWhen was it opened?\n\nContext:\n${TEXT}`, /^3 May 1885/],
    ['a word of its own for nothing', `Return only the number of fish. If absent reply NONE.\n<text>\n${TEXT}\n</text>`, /^NONE$/],
    ['a summary', `Summarize the following text in one sentence:\n\n${TEXT}`, /^The harbour of Brindle was built in 1884\.$/],
    ['a list', `Extract all dates from the text:\n${TEXT}`, /- 1884 .*\n- 3 May 1885/],
    ['labels', 'Classify the sentiment as positive, negative or neutral.\n\nText: I love this phone, it is great!', /^positive$/],
    ['labels for numbered lines', 'Label each line as "billing", "technical" or "other":\n1. My invoice is wrong\n2. The app crashes on login\n3. Nice weather', /^1: billing\n2: technical\n3: other$/],
    ['what rules cannot do', `Translate to German: ${TEXT}`, /cannot do that: it is a set of rules/],
    ['a greeting', 'hello', /offline demo: rules, not a language model/],
    ['nothing at all', '', /offline demo: rules, not a language model/],
    ['no text to read', 'What is the capital of France?', /^NOT FOUND/],
    ['Chinese', '请问北门金库的密码是什么？\n\n文本：北门金库的密码是7391-KX。南门在修理。', /7391-KX/],
  ])('%s', (_, prompt, expected) => {
    expect(replyToPrompt(prompt)).toMatch(expected);
  });
});
