import * as fc from 'fast-check';
import { FORMAT, FORMAT_VERSION, type LogEvent, type TrajectoryHeader } from '../events.ts';
import type { Log } from '../log.ts';
import { LogWriter, type Choice } from './log-writer.ts';

/** Longer than what the codec stores once. */
export const LONG_TEXTS = ['long '.repeat(7_000), `${'x'.repeat(40_000)}\n`] as const;

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  // Lone surrogates, line separators, names and shapes that a careless reader trips over.
  { weight: 1, arbitrary: fc.constantFrom('\ud800', '\udfff', '\u2028\r\n', '__proto__', '{"$text":"x"}', '') },
  { weight: 1, arbitrary: fc.constantFrom(...LONG_TEXTS) },
);

/** Any JSON an unknown event may hold: not `__proto__` (refused) and not -0 (JSON has none). */
const json = fc
  .oneof(fc.jsonValue({ maxDepth: 3 }), fc.record({ $text: fc.string() }))
  .map((value): unknown => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')));

const choice: fc.Arbitrary<Choice> = fc.record({
  pick: fc.nat(),
  number: fc.nat(5_000),
  text,
  json,
  costUsd: fc.option(fc.double({ min: 0, max: 0.5, noNaN: true }), { freq: 8 }),
});

const header: fc.Arbitrary<TrajectoryHeader> = fc.record({
  format: fc.constant(FORMAT),
  version: fc.constant(FORMAT_VERSION),
  app: fc.string(),
  startedAt: fc
    .date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

/**
 * Valid logs, as an engine could have written them: nested calls to depth 3, turns, cells, streamed
 * text, retries, failures, limits, notes, every type of event and some unknown ones; finished or
 * broken off at any point. Shrinks by dropping events from the story.
 */
export function arbitraryLog(maxEvents = 120): fc.Arbitrary<Log> {
  return fc
    .tuple(header, fc.array(choice, { maxLength: maxEvents, size: 'max' }), fc.option(choice))
    .map(([first, choices, end]) => {
      const writer = new LogWriter();
      for (const each of choices) writer.write(each);
      if (end !== null) writer.finish(end);
      return { header: first, events: writer.events };
    });
}

/** `events` cut into batches at arbitrary places. */
export function arbitraryBatches(events: readonly LogEvent[]): fc.Arbitrary<readonly (readonly LogEvent[])[]> {
  return fc.array(fc.nat(events.length), { maxLength: 12 }).map((cuts) => {
    const places = [0, ...cuts.toSorted((a, b) => a - b), events.length];
    return places.slice(1).map((to, index) => events.slice(places[index], to));
  });
}

/** Lists of single events that are each valid by the schema, in an order that makes no sense. */
export function arbitraryNonsense(): fc.Arbitrary<readonly LogEvent[]> {
  return fc
    .tuple(arbitraryLog(60), arbitraryLog(60))
    .chain(([a, b]) => fc.shuffledSubarray([...a.events, ...b.events, ...a.events]))
    .map((events) => events.map((event, seq) => ({ ...event, seq })));
}
