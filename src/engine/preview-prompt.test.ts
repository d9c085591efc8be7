import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS as DEFAULTS } from '../trajectory/settings.ts';
import { METHODS } from '../trajectory/methods.ts';
import { previewPrompt } from './preview-prompt.ts';
import { cell, runScript, type ScriptedRun } from './testing/run-script.ts';

const QUESTION = 'What is the secret word?';
const price = () => null;

/** The first messages of a scripted run, and the preview of it. */
async function both(script: Omit<ScriptedRun, 'rlm'>) {
  const ports = { price: script.price ?? price, ...(script.windowTokens && { windowTokens: script.windowTokens }) };
  const run = await runScript({ ...script, ...ports, question: QUESTION, rlm: { [QUESTION]: [cell('FINAL("plum")'), cell('FINAL("plum")')] } });
  const [started] = run.of('run.started');
  if (!started) throw new Error('It did not start.');
  const { documents, question } = started;
  const settings = { ...started.settings, ...script.settings };
  const preview = previewPrompt({ question, method: script.method ?? 'rlm', settings, documents }, ports);
  return { sent: run.of('turn.started')[0]?.messages, preview };
}

const documents = [{ name: 'a "b".txt', text: 'one\ntwo' }, { name: 'c.txt', text: 'The secret word is plum.' }];

describe('the preview of a run', () => {
  it.each<[string, Omit<ScriptedRun, 'rlm'>, string]>([
    ['with defaults', {}, 'default'],
    ['over several documents', { documents }, 'default'],
    ['whose texts are lazy', { documents: [{ name: 'a.txt', text: 'x'.repeat(300_000) }], settings: { replMemoryMb: 2 } }, 'default'],
    ['without sub-calls', { method: 'rlm-no-subcalls' }, 'no-sub-calls'],
    ['that may recurse', { settings: { maxDepth: 3 } }, 'recursive'],
    ['with a model that asks too often', { settings: { rootModel: 'qwen3-coder' } }, 'batching'],
    ['with a small window that a list knows', { settings: { rootModel: 'some' }, windowTokens: () => 16_000 }, 'small-window'],
    ['with a prompt of the person’s', { settings: { profile: 'batching', systemPrompts: { batching: 'You are a Recursive Language Model. {{names}}' } } }, 'batching'],
    ['with a schema', { settings: { answerSchema: '{"type":"string"}' } }, 'default'],
    ['of one turn', { settings: { maxTurns: 1 } }, 'default'],
    ['with little money', { settings: { budgetUsd: 0.05 }, price: () => 0.025 }, 'default'],
    ['with money for one turn', { settings: { budgetUsd: 0.03 }, price: () => 0.025 }, 'default'],
    ['with no sub-calls left', { settings: { maxSubCalls: 0 } }, 'default'],
  ])('%s is what it sends first, to the letter', async (_, script, profile) => {
    const { sent, preview } = await both(script);
    expect(preview).toEqual({ profile, messages: sent });
  });

  it('of one that searches is what it sends first', async () => {
    const { sent, preview } = await both({ method: 'codeact-bm25', documents });
    expect(preview).toEqual({ profile: null, messages: sent });
  });

  it.each(['codeact', 'codeact-subcalls'])('of %s has names where the texts are, and says so', async (method) => {
    const { sent, preview } = await both({ method, documents });
    const without = sent?.map(({ role, content }) => ({ role, content: documents.reduce((text, document) => text.replace(document.text, `[the text of ${document.name}, ${document.text.length} characters]`), content) }));
    expect(preview).toEqual({ profile: null, messages: without, hint: expect.stringContaining('in brackets') });
  });

  it('of every method is there, or says why not', () => {
    const settings = DEFAULTS;
    for (const { id } of METHODS) {
      const { messages, hint } = previewPrompt({ question: 'Q', method: id, settings, documents: [] }, { price });
      expect(messages.length > 0 || hint !== undefined, id).toBe(true);
    }
    expect(previewPrompt({ question: 'Q', method: 'other', settings, documents: [] }, { price })).toMatchObject({ messages: [], hint: 'There is no method «other».' });
  });

  it('warns of a prompt without the names of the REPL, and of a budget that covers nothing', () => {
    const preview = (more: Partial<typeof DEFAULTS>, usd = 0) =>
      previewPrompt({ question: 'Q', method: 'rlm', settings: { ...DEFAULTS, ...more }, documents: [] }, { price: () => usd });
    expect(preview({ systemPrompts: { default: 'Answer.' } })).toMatchObject({ messages: [{ content: 'Answer.' }, {}], hint: expect.stringContaining('{{names}}') });
    expect(preview({ budgetUsd: 0.01 }, 1)).toMatchObject({ messages: [], hint: expect.stringContaining('budget') });
  });
});
