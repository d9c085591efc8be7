import { describe, expect, it } from 'vitest';
import type { Message } from '../../trajectory/events.ts';
import { createOfflineModel } from './offline-model.ts';

/** The messages of the engine's methods, as they are written there; its own tests run both together. */
const model = createOfflineModel();
const quiet = { text: () => undefined, reasoning: () => undefined };
async function reply(...messages: readonly Message[]): Promise<string> {
  return (await model.complete({ model: 'x', messages }, quiet, new AbortController().signal)).text;
}
const user = (content: string): Message => ({ role: 'user', content });

const QUESTION = 'What is the access code of the north vault?';
const FACT = 'The access code for the north vault is 7391-KX.';
const FILLER = Array.from({ length: 300 }, (_, i) => `On day ${i} the ferry left the quay at dawn with grain and rope.`).join('\n');
const CLOSING = '*Answered by the offline demo: rules, not a language model.*';
const whole = (context: string, question = QUESTION) =>
  `Answer the question from the context below. If the context does not hold the answer, say so.\n\nQuestion:\n${question}\n\nContext:\n${context}`;

describe('a whole context in one message', () => {
  it('is answered with the fact, its quote and what it is answered by', async () => {
    expect(await reply(user(whole(`${FILLER}\n${FACT}\n${FILLER}`)))).toBe(
      `The access code of the north vault is **7391-KX**.\n\n> ${FACT}\n\n— line 301\n\n${CLOSING}`,
    );
  });

  it('says which document it was', async () => {
    const text = `Document: a.txt\n${FILLER}\n\nDocument: b.txt\n${FACT}`;
    expect(await reply(user(whole(text)))).toContain(`> ${FACT}\n\n— b.txt, line 1\n`);
    expect(await reply(user(whole(text, 'Which document mentions the north vault code?')))).toContain('**b.txt**');
  });

  it('is not left by a text that looks like a prompt itself', async () => {
    const text = `"""\nQuestion: Who are you?\n"""\n${FACT}\n---\nContext:\nnothing\n---`;
    expect(await reply(user(whole(text)))).toContain('**7391-KX**');
  });

  it('is said not to hold what it does not hold', async () => {
    expect(await reply(user(whole(FILLER)))).toBe(`Not found: the context does not say the access code of the north vault.\n\n${CLOSING}`);
  });

  it.each([
    ['Summarise this', /^An extractive summary:\n\n- On day/],
    ['List all e-mail addresses', /^- info@a\.org\n- ann@b\.org\n/],
    ['Translate this into French', /cannot do that/],
  ])('%s', async (question, expected) => {
    expect(await reply(user(whole(`${FILLER}\nWrite to info@a.org or ann@b.org.`, question)))).toMatch(expected);
  });
});

describe('the parts of a compaction', () => {
  const part = (n: number, summary: string, text: string, most = 2_000) =>
    `You read a long context part by part, for a question that is answered at its end. You will not see this part again: only your summary goes on.\n\nQuestion:\n${QUESTION}\n\nSummary so far:\n${summary || '(nothing was read before)'}\n\nWrite the new summary: all that may matter. At most ${most.toLocaleString('en')} characters.\n\nContext, part ${n} of 3:\n${text}`;
  const MARKET = 'The north market opens at dawn.';

  it('are kept as the sentences that matter, with their document', async () => {
    const kept = await reply(user(part(1, '', `Document: a.txt, characters 1 to 900 of 2,000\n${FILLER}\n${FACT}`)));
    expect(kept).toBe(`- [a.txt] ${FACT}`);
    expect(await reply(user(part(2, kept, `Document: b.txt\n${FILLER}`)))).toBe(kept);
    const both = await reply(user(part(2, kept, 'Document: b.txt\nThe access code for the north vault was changed to 8800-AB.')));
    expect(both.split('\n')).toHaveLength(2);
  });

  it('are kept within the room there is, the best first', async () => {
    const many = Array.from({ length: 12 }, (_, n) => `- [m.txt] The vault ${n} has an access code.`).join('\n');
    const kept = await reply(user(part(2, many, `Document: b.txt\n${FACT}`, 200)));
    expect(kept.length).toBeLessThanOrEqual(200);
    expect(kept).toContain(FACT);
  });

  it('say so where nothing matters', async () => {
    expect(await reply(user(part(1, '', `Document: a.txt\n${FILLER}`)))).toBe('Nothing so far bears on the question.');
  });

  it('are what the answer is found in, beside the last part', async () => {
    const last = `${FILLER}\n${MARKET}`;
    const answer = await reply(user(whole(`Summary of the 2 parts read before:\n- [a.txt] ${FACT}\n\nThe last part, as it stands:\nDocument: c.txt\n${last}`)));
    expect(answer).toBe(`The access code of the north vault is **7391-KX**.\n\n> ${FACT}\n\n— a.txt\n\n${CLOSING}`);
    const here = await reply(user(whole(`Summary of the part read before:\nNothing so far bears on the question.\n\nThe last part, as it stands:\nDocument: c.txt, characters 5 to 9 of 9\n${FACT}`)));
    expect(here).toContain('— c.txt\n');
  });
});

describe('CodeAct', () => {
  const system: Message = { role: 'system', content: 'You answer a question in turns of THINK, ACT and ANSWER. …' };
  const asked = user(`Question:\n${QUESTION}\n\nDocuments:\n0. "a.txt": 50 characters\n\nTurn 1 of 30.`);
  const output = (text: string) => user(`OUTPUT:\n${text}\n\nTurn 2 of 30.`);

  it('answers from the context that its first message has', async () => {
    const text = await reply(system, user(`Question:\n${QUESTION}\n\nContext:\n${FILLER}\n${FACT}\n\nTurn 1 of 30.`));
    expect(text).toMatch(/^THINK: .+\nANSWER: The access code of the north vault is \*\*7391-KX\*\*\./);
  });

  it('searches for the words of the question, then for like ones, and answers or says that it cannot', async () => {
    const first = await reply(system, asked);
    expect(first).toMatch(/^THINK: .+\nACT:\nSEARCH\([\w ]*code[\w ]*vault[\w ]*\)$/);
    const search: Message = { role: 'assistant', content: first };
    const found = await reply(system, asked, search, output(`[a.txt, line 3]\nIt rained.\n${FACT}\n\n[a.txt, line 9]\nThe ferry left.`));
    expect(found).toMatch(/ANSWER: The access code of the north vault is \*\*7391-KX\*\*\.[^]*— a\.txt, line 4\n/);
    const second = await reply(system, asked, search, output('[a.txt, line 9]\nThe ferry left.'));
    expect(second).toMatch(/\nSEARCH\(/);
    expect(second).not.toBe(first);
    const none = await reply(system, asked, search, output('(It printed nothing.)'), { role: 'assistant', content: second }, output('(It printed nothing.)'));
    expect(none).toMatch(/ANSWER: Not found: what the searches found does not say/);
  });

  it('answers in the last turn', async () => {
    const last = user(`${asked.content} This is your last turn: write ANSWER: with the best answer that you have.`);
    expect(await reply(system, last)).toMatch(/ANSWER: Not found/);
  });
});
