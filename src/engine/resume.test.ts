import { describe, expect, it } from 'vitest';
import type { Message, TrajectoryEvent } from '../trajectory/events.ts';
import { EMPTY, fold } from '../trajectory/fold.ts';
import { RESUMED_SCRIPTS } from './testing/resumed-scripts.ts';
import { runScript } from './testing/run-script.ts';

type Ran = Awaited<ReturnType<typeof runScript>>;

const keyOf = (messages: readonly Message[]) => JSON.stringify(messages.map(({ role, content }) => [role, content]));

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Requests that a log holds the end of: by a reply, a retry or a failure. */
function settledRequests(events: readonly TrajectoryEvent[]): Map<string, number> {
  const { calls } = fold(EMPTY, events);
  const keys: string[] = [];
  for (const call of calls.values()) {
    const replies = call.requests.filter(({ endedAt }) => endedAt !== null);
    for (const { turn } of replies) {
      const upTo = call.turns.filter((each) => turn !== null && each.turn <= turn);
      const plain: Message = { role: 'user', content: call.prompt };
      keys.push(keyOf(turn === null ? [plain] : upTo.flatMap(({ messages }) => messages)));
    }
  }
  return counted(keys);
}

function paidIn(events: readonly TrajectoryEvent[]): number {
  return [...fold(EMPTY, events).calls.values()].reduce((sum, { own }) => sum + (own?.costUsd ?? 0), 0);
}

const cuts = ({ events }: Ran) => events.slice(0, -1).map((_, index) => events.slice(0, index + 1));

describe.each(Object.entries(RESUMED_SCRIPTS))('%s', (_, script) => {
  it('come to the same end from any prefix of the log, and nothing is asked twice', async () => {
    const whole = await runScript(script);
    const asked = counted(whole.model.requests.map(({ messages }) => keyOf(messages)));
    for (const past of cuts(whole)) {
      const where = `cut after event ${past.length - 1} (${JSON.stringify(past.at(-1)).slice(0, 150)})`;
      const rest = await runScript({ ...script, past }).catch((error: unknown) => {
        throw new Error(where, { cause: error });
      });
      const { outcome, answer, reason } = whole.end;
      expect(rest.end, where).toMatchObject({ outcome, answer, ...(reason !== undefined && { reason }) });
      expect(rest.events.slice(0, past.length)).toEqual(past);
      expect(rest.events[past.length]?.type, where).toBe('run.resumed');
      expect(rest.of('run.resumed'), where).toHaveLength(1);

      const settled = settledRequests(past);
      for (const [key, count] of counted(rest.model.requests.map(({ messages }) => keyOf(messages)))) {
        expect(count + (settled.get(key) ?? 0), `${where} asks ${key}`).toBeLessThanOrEqual(asked.get(key) ?? 0);
      }
      expect(paidIn(rest.events), where).toBeCloseTo(paidIn(past) + rest.model.paidUsd, 9);
      expect([...fold(EMPTY, rest.events).calls.values()].map(({ status }) => status), where).not.toContain('cut');
    }
  });
});
