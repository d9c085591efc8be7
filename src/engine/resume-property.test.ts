import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TrajectoryEvent } from '../trajectory/events.ts';
import { arbitraryRun } from './testing/arbitrary-run.ts';
import { createOneWorkerRepl } from './testing/one-worker.ts';
import { runScript, type ScriptedRun } from './testing/run-script.ts';

const run = (script: ScriptedRun) => runScript({ ...script, wrap: createOneWorkerRepl });

/** What the model was shown of the cells of `call` that were not lost. */
function shown(events: readonly TrajectoryEvent[], call: string): string[] {
  return events.flatMap((event) =>
    event.type === 'cell.finished' && event.cell.startsWith(`${call}:`) && !event.lost
      ? [event.observation.split('\n')[0] ?? '']
      : [],
  );
}

/** The REPL of every call held what its model was shown, and nothing was paid twice. */
function check(events: readonly TrajectoryEvent[], where: string) {
  let ends = 0;
  for (const event of events) {
    if (event.type !== 'call.finished' || event.answer === undefined) continue;
    const [, ...cells] = shown(events, event.call);
    expect(JSON.parse(event.answer), `${where}: ${event.call}`).toEqual(cells.slice(0, -1));
    ends++;
  }
  expect(ends, where).toBeGreaterThan(0);
  const finished = events.flatMap((event) => (event.type === 'call.finished' ? [event.call] : []));
  expect(new Set(finished).size).toBe(finished.length);
}

it('holds for any run, cut twice: what the model was shown is what its REPL holds', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRun(), fc.nat(), fc.nat(), async (script, first, second) => {
      const whole = await run(script);
      expect(whole.end.outcome).toBe('answered');
      check(whole.events, 'whole');
      const cut = 1 + (first % (whole.events.length - 1));
      const once = await run({ ...script, past: whole.events.slice(0, cut) });
      expect(once.end.outcome, `cut at ${cut}`).toBe('answered');
      check(once.events, `cut at ${cut}`);
      const again = 1 + (second % (once.events.length - 1));
      const twice = await run({ ...script, past: once.events.slice(0, again) });
      expect(twice.end.outcome, `cut at ${cut} and ${again}`).toBe('answered');
      check(twice.events, `cut at ${cut} and ${again}`);
      const calls = (events: readonly TrajectoryEvent[]) =>
        events.flatMap((event) => (event.type === 'call.started' ? [event.prompt] : [])).toSorted();
      expect(calls(twice.events)).toEqual(calls(whole.events));
    }),
    { numRuns: 60 },
  );
});
