import { cellReply, scriptOf } from '../model-server/script.ts';
import type { Script } from '../model-server/types.ts';

/** Size of the scripted run: the script of research/testing.md §4, which peers were measured with. */
export const TURNS = 5;
export const CALLS_PER_TURN = 40;
export const SUB_CALLS = TURNS * CALLS_PER_TURN;

export type EngineMode = 'sequential' | 'batched';

const SLICE = `
  const width = 200;
  const stride = Math.floor((context.length - width) / ${SUB_CALLS});
  const sliceOf = (n) => 'What is this about?\\n' + context.slice(n * stride, n * stride + width);`;

/** One cell of a root that asks for its slices one after the other, or all at once. */
function cell(mode: EngineMode, turn: number): string {
  const from = turn * CALLS_PER_TURN;
  const ask =
    mode === 'sequential'
      ? `for (let n = ${from}; n < ${from + CALLS_PER_TURN}; n++) replies.push(await llm_query(sliceOf(n)));`
      : `replies.push(...await llm_query_batched(Array.from({ length: ${CALLS_PER_TURN} }, (_, n) => sliceOf(${from} + n))));`;
  const first = turn === 0 ? `const replies = [];${SLICE}\n` : '';
  const last = turn === TURNS - 1 ? '\nFINAL(replies.length + " replies");' : '\nprint(replies.length);';
  return first + ask + last;
}

export function engineScript(mode: EngineMode): Script {
  return scriptOf({
    root: Array.from({ length: TURNS }, (_, turn) => cellReply(cell(mode, turn))),
    sub: () => 'It is about numbers.',
  });
}

/** Wall time of the run in ms if only the server took time, `latency` for every reply. */
export function idealMs(mode: EngineMode, latency: number): number {
  if (mode === 'sequential') return (TURNS + SUB_CALLS) * latency;
  // A browser opens six connections to one HTTP/1.1 host.
  return TURNS * (latency + Math.ceil(CALLS_PER_TURN / 6) * latency);
}
