import { cellReply, scriptOf } from '../model-server/script.ts';
import type { Script } from '../model-server/types.ts';

/** Size of the scripted run: the script of research/testing.md §4, which peers were measured with. */
export const TURNS = 5;
export const CALLS_PER_TURN = 40;
export const SUB_CALLS = TURNS * CALLS_PER_TURN;

export type EngineMode = 'sequential' | 'batched' | 'fan-out' | 'stream-one' | 'stream-many';

/** The fan-out: cells that each ask for a thousand replies at once. */
export const FAN_OUT = { rounds: 5, calls: 1_000, parallel: 100 } as const;

/** The streams: characters of reply text in all, by one reply or by a hundred at once. */
export const STREAM = { chars: 10_000_000, replies: 100, seconds: 5 } as const;

const SLICE = `
  const width = 200;
  const stride = Math.floor((context.length - width) / ${SUB_CALLS});
  const sliceOf = (n) => 'What is this about?\\n' + context.slice(n * stride, n * stride + width);`;

/** One cell of a root that asks for its slices one after the other, or all at once. */
function cell(mode: 'sequential' | 'batched', turn: number): string {
  const from = turn * CALLS_PER_TURN;
  const ask =
    mode === 'sequential'
      ? `for (let n = ${from}; n < ${from + CALLS_PER_TURN}; n++) replies.push(await llm_query(sliceOf(n)));`
      : `replies.push(...await llm_query_batched(Array.from({ length: ${CALLS_PER_TURN} }, (_, n) => sliceOf(${from} + n))));`;
  const first = turn === 0 ? `const replies = [];${SLICE}\n` : '';
  const last = turn === TURNS - 1 ? '\nFINAL(replies.length + " replies");' : '\nprint(replies.length);';
  return first + ask + last;
}

/** The script of the model for a mode. */
export function scriptOfMode(mode: EngineMode): Script {
  switch (mode) {
    case 'sequential':
    case 'batched':
      return engineScript(mode);
    case 'fan-out':
      return fanOutScript();
    case 'stream-one':
      return streamScript(1);
    case 'stream-many':
      return streamScript(STREAM.replies);
  }
}

function fanOutScript(): Script {
  const ask = (round: number) => `const replies${round} = await llm_query_batched(
  Array.from({ length: ${FAN_OUT.calls} }, (_, n) => 'Round ${round}, part ' + n + '. What is this about?\\n' + context.slice(n * 200, n * 200 + 200)),
);
if (replies${round}.some((reply) => typeof reply !== 'string')) throw replies${round}.find((reply) => typeof reply !== 'string');
print(replies${round}.length);`;
  const rounds = Array.from({ length: FAN_OUT.rounds }, (_, round) => cellReply(ask(round + 1)));
  return scriptOf({ root: [...rounds, cellReply('FINAL("done");')], sub: () => 'It is about numbers.' });
}

/** So many replies, of STREAM.chars together, that stream for STREAM.seconds in pieces of some tokens. */
function streamScript(replies: number): Script {
  const text = proseOf(STREAM.chars / replies);
  const chunkDelayMs = replies === 1 ? 1 : 50;
  const chunkChars = Math.ceil((text.length * chunkDelayMs) / (STREAM.seconds * 1_000));
  return scriptOf({
    root: [
      cellReply(`const replies = await llm_query_batched(Array.from({ length: ${replies} }, (_, n) => 'Write part ' + n));
FINAL(String(replies.reduce((sum, { length }) => sum + length, 0)));`),
    ],
    sub: () => ({ text, chunkChars, chunkDelayMs }),
  });
}

function proseOf(chars: number): string {
  const line = 'The keeper wrote the wind, the hour and the state of the lamp, and nothing of himself.\n';
  return line.repeat(Math.ceil(chars / line.length)).slice(0, chars);
}

export function engineScript(mode: 'sequential' | 'batched'): Script {
  return scriptOf({
    root: Array.from({ length: TURNS }, (_, turn) => cellReply(cell(mode, turn))),
    sub: () => 'It is about numbers.',
  });
}

/** Wall time of the run in ms if only the server took time, `latency` for every reply. */
export function idealMs(mode: 'sequential' | 'batched', latency: number): number {
  if (mode === 'sequential') return (TURNS + SUB_CALLS) * latency;
  // A browser opens six connections to one HTTP/1.1 host.
  return TURNS * (latency + Math.ceil(CALLS_PER_TURN / 6) * latency);
}
