import { describe, expect, it } from 'vitest';
import { createOfflineModel } from './offline-model.ts';
import { Random } from './testing/random.ts';
import { runRoot } from './testing/run-root.ts';

const model = createOfflineModel();
const r = new Random(11);
const FILLER = ['The weather in the valley was mild and the roads were dry.', 'Several letters arrived that week, none of them urgent.', 'The committee met again without reaching a decision.', 'Visitors praised the soup and the view.'];
const FACTS: Readonly<Record<number, string>> = {
  6: 'The Larkspur project is led by Dana Whitfield.',
  21: 'Dana Whitfield lives in Tromsø with her cat.',
  3: 'Tom Okafor borrowed the book The Silent Weir.',
  30: 'The Silent Weir is kept on shelf 14 of the reading room.',
  9: 'The Arn bridge was built in 1884.',
  33: 'The Corran lighthouse was built in 1851.',
  12: 'The Corran lighthouse is 42 metres tall.',
  15: 'The Arn tower is 57 metres tall.',
  38: 'The treasurer of the sailing club is Mabel Thorne.',
  39: "Mabel Thorne's phone number is 0551 204 887.",
  1: 'Engineer Kofi Adjei works in the Oslo office.',
  2: 'Lena Berg, an accountant, works in the Oslo office.',
  5: 'Bruno Falk works in the Bergen office.',
};
const documents = Array.from({ length: 40 }, (_, i) => {
  const paragraph = (): string => Array.from({ length: 8 }, () => r.pick(FILLER)).join(' ');
  return { name: `note-${i}.txt`, text: `Note ${i}\n\n${FACTS[i] ?? ''} ${paragraph()}\n\n${paragraph()}\n` };
});

const ask = async (question: string): Promise<string> => (await runRoot(model, question, documents)).answer;

describe('forty short documents', () => {
  it.each([
    ['In which city does the leader of the Larkspur project live?', 'Tromsø'],
    ['Where does the person who leads the Larkspur project live?', 'Tromsø'],
    ['Which shelf holds the book borrowed by Tom Okafor?', 'shelf 14'],
    ['What is the phone number of the treasurer of the sailing club?', '0551 204 887'],
  ])('joins two facts: %s', async (question, expected) => {
    const answer = await ask(question);
    expect(answer.split('\n')[0]).toContain(`**${expected}`);
    expect(answer).toContain('found by way of');
  });

  it.each([
    ['Which is older, the Arn bridge or the Corran lighthouse?', '**the Corran lighthouse**'],
    ['Which is taller, the Corran lighthouse or the Arn tower?', '**the Arn tower**'],
    ['Is the Corran lighthouse taller than the Arn tower?', '**No**'],
  ])('compares: %s', async (question, expected) => {
    expect(await ask(question)).toContain(expected);
  });

  it('names the documents that mention something, and says when none does', async () => {
    expect(await ask('Which documents mention Dana Whitfield?')).toContain('**2** of 40 documents: **note-6.txt, note-21.txt**');
    expect(await ask('Which document mentions submarines?')).toContain('**0** of 40 documents');
  });

  it('lists from several documents', async () => {
    const answer = await ask('List the names of all people who work in the Oslo office.');
    expect(answer).toContain('Kofi Adjei');
    expect(answer).toContain('Lena Berg');
    expect(answer).not.toContain('Bruno Falk');
  });

  it('does not take a detour to an invention', async () => {
    expect(await ask('What is the phone number of the leader of the Larkspur project?')).toMatch(/^Not found/);
    expect(await ask('Who was the captain of the schooner Aurora?')).toMatch(/^Not found/);
  });
});
