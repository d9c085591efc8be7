import * as z from 'zod/mini';
import type { Result } from '../base/result.ts';
import { FORMAT, FORMAT_VERSION, TrajectoryEvent, type LogEvent, type TrajectoryHeader } from './events.ts';
import { isKnownEvent } from './known-event.ts';
import type { Log } from './log.ts';
import { RunSettings } from './settings.ts';
import { repeatedTexts, restoreTexts, stringifyShared } from './shared-texts.ts';

/** A log that was read, and what the person should know about the file. */
export interface Decoded extends Log {
  readonly warnings: readonly string[];
}

/** Why a file is not a log we can read. `message` is for the person: what is wrong, what to do. */
export type DecodeError = { readonly message: string } & (
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-ours' }
  | { readonly kind: 'newer'; readonly version: number }
  /** `line` counts from 1, the header's. */
  | { readonly kind: 'broken-line'; readonly line: number }
  | { readonly kind: 'gap'; readonly line: number; readonly expected: number; readonly found: number }
);

/**
 * The log as JSONL (design §5): a header line, then one event a line. Lossless, but for fields of
 * `settings` that are none of ours: whatever a caller spread into them, no key leaves this way.
 */
export function encode(header: TrajectoryHeader, events: readonly LogEvent[]): string {
  return [...encodeChunks(header, events)].join('');
}

/** The same in pieces of whole lines, each of about `chunkChars` characters, for logs of any size. */
export function* encodeChunks(
  header: TrajectoryHeader,
  events: readonly LogEvent[],
  chunkChars = 1_048_576,
): Generator<string, void, void> {
  const hashes = repeatedTexts(events);
  const texts = Object.fromEntries([...hashes].map(([text, hash]) => [hash, text]));
  let chunk = `${JSON.stringify(hashes.size > 0 ? { ...header, texts } : header)}\n`;
  for (const event of events) {
    if (chunk.length >= chunkChars) {
      yield chunk;
      chunk = '';
    }
    chunk += `${stringifyShared(withoutForeignSettings(event), hashes)}\n`;
  }
  yield chunk;
}

function withoutForeignSettings(event: LogEvent): LogEvent {
  if (!isKnownEvent(event) || event.type !== 'run.started') return event;
  const names = Object.keys(event.settings);
  if (names.every((name) => Object.hasOwn(RunSettings.shape, name))) return event;
  return { ...event, settings: RunSettings.parse(event.settings) };
}

/**
 * Reads a log from JSONL. Unknown types of events are kept as they are. A last line that is cut off
 * (the writer died) is left out with a warning; every other fault is an error. Never throws.
 */
export function decode(text: string): Result<Decoded, DecodeError> {
  const lines = linesOf(text);
  const first = lines.next();
  if (first.done === true) {
    return fail({ kind: 'empty', message: 'This file is empty. Choose a trajectory (.jsonl) that was exported from here.' });
  }
  const start = readHeader(first.value.text);
  if (!start.ok) return start;
  const { header, texts } = start.value;

  const events: LogEvent[] = [];
  const warnings: string[] = [];
  for (const { text: line, number, isLast } of lines) {
    const value = parseJson(line);
    if (value === undefined && isLast) {
      warnings.push(`Line ${number}, the last one, is cut off and was left out: the file was not written to its end.`);
      break;
    }
    if (!isRecord(value)) return broken(number, 'it is not a JSON object');
    const fault = restoreTexts(value, texts);
    if (fault !== null) return broken(number, `it ${fault}`);
    if (!isEnvelope(value)) return broken(number, 'it lacks a valid “seq”, “at” or “type”');
    if (isKnownEvent(value)) {
      const checked = TrajectoryEvent.safeParse(value);
      if (!checked.success) return broken(number, `its ${fieldOf(checked.error)} is not what a “${value.type}” holds`);
    }
    if (value.seq !== events.length) {
      const [expected, found] = [events.length, value.seq];
      const message = `Line ${number} has number ${found} where ${expected} should follow: events are missing, doubled or out of order. Export the run again, or put the lines back in order.`;
      return fail({ kind: 'gap', line: number, expected, found, message });
    }
    events.push(value);
  }
  return { ok: true, value: { header, events, warnings } };
}

const Header = z.looseObject({
  format: z.literal(FORMAT),
  version: z.int().check(z.minimum(1)),
  app: z.string(),
  startedAt: z.string().check(z.refine((instant) => !Number.isNaN(Date.parse(instant)))),
  texts: z.optional(z.record(z.string(), z.string())),
});

function readHeader(
  line: string,
): Result<{ readonly header: TrajectoryHeader; readonly texts: ReadonlyMap<string, string> }, DecodeError> {
  const value = parseJson(line);
  if (!isRecord(value) || value['format'] !== FORMAT) {
    const message = `This is not a trajectory of ours: its first line does not say “${FORMAT}”. Choose a .jsonl file that was exported from here.`;
    return fail({ kind: 'not-ours', message });
  }
  const { version } = value;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    const message = `This trajectory has format version ${version}, and this app reads up to ${FORMAT_VERSION}. Open it in a newer Matryoshka.`;
    return fail({ kind: 'newer', version, message });
  }
  const fault = restoreTexts(value, new Map());
  if (fault !== null) return broken(1, `it ${fault}`);
  const checked = Header.safeParse(value);
  if (!checked.success) return broken(1, `its ${fieldOf(checked.error)} is not what a header holds`);
  const { texts = {}, ...header } = checked.data;
  return { ok: true, value: { header, texts: new Map(Object.entries(texts)) } };
}

interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  readonly isLast: boolean;
}

/** Lines with anything on them. Line ends are LF or CRLF; a byte-order mark is skipped. */
function* linesOf(text: string): Generator<Line, void, void> {
  const end = text.trimEnd().length;
  let from = text.startsWith('\ufeff') ? 1 : 0;
  for (let number = 1; from < end; number += 1) {
    const found = text.indexOf('\n', from);
    const to = found < 0 ? end : Math.min(found, end);
    const line = text.slice(from, to).trim();
    if (line !== '') yield { text: line, number, isLast: to >= end };
    from = to + 1;
  }
}

function fail(error: DecodeError): { readonly ok: false; readonly error: DecodeError } {
  return { ok: false, error };
}

function broken(line: number, why: string): { readonly ok: false; readonly error: DecodeError } {
  const message = `Line ${line} of this trajectory cannot be read: ${why}. Export the run again, or mend or remove what follows from that line on.`;
  return fail({ kind: 'broken-line', line, message });
}

/** Undefined where `line` is not JSON: no JSON is undefined. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const Envelope = z.object({
  seq: z.int().check(z.minimum(0)),
  at: z.number().check(z.minimum(0)),
  type: z.string(),
});

function isEnvelope(value: Record<string, unknown>): value is Record<string, unknown> & LogEvent {
  return Envelope.safeParse(value).success;
}

/** The field that the first complaint is about, in quotes. */
function fieldOf(error: z.core.$ZodError): string {
  const path = error.issues[0]?.path ?? [];
  return path.length === 0 ? 'content' : `“${path.map(String).join('.').slice(0, 80)}”`;
}
