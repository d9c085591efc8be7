import { describe, expect, it } from 'vitest';
import type { AnswerFormat, Citation } from '../trajectory/events.ts';
import { cell, runScript } from './testing/run-script.ts';

const FOUND: Citation = { quote: 'plum', document: 'd0', from: 19, to: 23, match: 'exact', place: { line: 1 } };

function citing() {
  const asked: (readonly [string, AnswerFormat])[] = [];
  const cite = (answer: string, format: AnswerFormat): Promise<readonly Citation[]> => {
    asked.push([answer, format]);
    return Promise.resolve([FOUND]);
  };
  return { asked, cite };
}

describe('the end of a run', () => {
  it('holds the places of what its answer quotes', async () => {
    const { asked, cite } = citing();
    const { end } = await runScript({ rlm: { Q: [cell('FINAL("plum")')] }, cite });
    expect(end).toMatchObject({ outcome: 'answered', citations: [FOUND] });
    expect(asked).toEqual([['plum', 'text']]);
  });

  it('tells that the answer is JSON', async () => {
    const { asked, cite } = citing();
    await runScript({ rlm: { Q: [cell('FINAL({ quote: "plum" })')] }, cite });
    expect(asked).toMatchObject([[expect.stringContaining('"plum"'), 'json']]);
  });

  it('holds those of the best answer at a limit', async () => {
    const { cite } = citing();
    const { end } = await runScript({ rlm: { Q: [cell('answer = { content: "plum" }'), cell('1'), cell('2')] }, settings: { maxTurns: 2 }, cite });
    expect(end).toMatchObject({ outcome: 'limit', answer: 'plum', citations: [FOUND] });
  });

  it('holds none without an answer, after Stop, and where looking fails', async () => {
    const { asked, cite } = citing();
    const failed = await runScript({ rlm: {}, method: 'magic', cite });
    expect(failed.end).toMatchObject({ answer: null, citations: [] });
    const stopped = await runScript({ rlm: { Q: [cell('answer = { content: "plum" }'), cell('1')] }, stopAt: ({ type, seq }) => type === 'turn.started' && seq > 5, cite });
    expect(stopped.end).toMatchObject({ outcome: 'stopped', citations: [] });
    expect(asked).toEqual([]);
    const broken = await runScript({ rlm: { Q: [cell('FINAL("plum")')] }, cite: () => Promise.reject(new Error('no')) });
    expect(broken.end).toMatchObject({ outcome: 'answered', answer: 'plum', citations: [] });
  });

  it('is looked up again by a run that is gone on with', async () => {
    const script = { rlm: { Q: [cell('print(1)'), cell('FINAL("plum")')] } };
    const first = await runScript(script);
    const { asked, cite } = citing();
    const again = await runScript({ ...script, cite, past: first.events.slice(0, -1) });
    expect(again.end).toMatchObject({ answer: 'plum', citations: [FOUND] });
    expect(asked).toHaveLength(1);
  });
});
