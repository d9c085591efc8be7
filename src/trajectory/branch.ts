import type { LogEvent, TrajectoryEvent } from './events.ts';
import { EMPTY, fold } from './fold.ts';
import { isKnownEvent } from './known-event.ts';
import { whyNotResumable } from './resumable.ts';
import type { RunSettings } from './settings.ts';

export interface BranchAt {
  /** Id of the run that `events` are of. */
  readonly run: string;
  /** Turn of its root. */
  readonly turn: number;
  /** The reply in place of that turn's. */
  readonly reply: string;
  /** Settings that it goes on with; those of the run where absent. */
  readonly settings?: RunSettings;
}

export type Branched =
  | { readonly ok: true; readonly log: readonly LogEvent[] }
  /** `why` is a sentence for the person. */
  | { readonly ok: false; readonly why: string };

/**
 * The log of a new run that shares `events` up to the reply of the root's `turn`, where `reply` stands
 * in place of the model's. Nothing comes after it: what was in flight then is open, as in a run that was
 * broken off there, and so an engine goes on with it. What the old reply cost stays in the log.
 */
export function branchLog(events: readonly LogEvent[], { run, turn, reply, settings }: BranchAt): Branched {
  const isOf = (event: TrajectoryEvent, type: 'turn.started' | 'turn.finished') =>
    event.type === type && event.call === '0' && event.turn === turn;
  const find = (type: 'turn.started' | 'turn.finished') =>
    events.findIndex((event) => isKnownEvent(event) && isOf(event, type));
  const [began, replied] = [find('turn.started'), find('turn.finished')];
  if (began < 0) return { ok: false, why: `The root of this run has no turn ${turn}.` };
  if (replied < 0) return { ok: false, why: `Turn ${turn} has no reply yet.` };
  if (reply.trim() === '') return { ok: false, why: 'There is no reply to go on with. Write one first.' };

  const documents = fold(EMPTY, events).started?.documents ?? [];
  const log: LogEvent[] = [];
  const add = (event: LogEvent) => log.push({ ...event, seq: log.length });
  for (const [at, event] of events.slice(0, replied + 1).entries()) {
    if (!isKnownEvent(event)) {
      add(event);
    } else if (event.type === 'run.started') {
      // Hashes that became known after the turn are known now.
      add({ ...event, ...(settings && { settings }), documents: [...documents], branch: { run, turn } });
    } else if (at === replied && event.type === 'turn.finished') {
      add({ seq: 0, at: event.at, type: 'call.text', call: '0', text: reply });
      add({ ...event, finishReason: 'stop' });
    } else if (at < began || !isReplyOfRoot(event)) {
      add(event);
    }
  }
  const why = whyNotResumable(log);
  return why === null ? { ok: true, log } : { ok: false, why };
}

const isReplyOfRoot = (event: TrajectoryEvent): boolean =>
  (event.type === 'call.text' || event.type === 'call.reasoned') && event.call === '0';
