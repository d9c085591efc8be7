import type { LogEvent } from './events.ts';
import { isKnownEvent } from './known-event.ts';
import type { RunSettings } from './settings.ts';

/** The name that the root's model has in the log of a run whose root is a person. */
export const PERSON_MODEL = 'you';

/** The model that writes the root's replies. */
export const rootModelOf = ({ rootBy, rootModel }: Pick<RunSettings, 'rootBy' | 'rootModel'>): string =>
  rootBy === 'person' ? PERSON_MODEL : rootModel;

/**
 * Milliseconds that a run waited for the person, as far as its log goes: paused, or for a reply that
 * the person writes. What overlaps counts once, and a break before `run.resumed` is none.
 */
export function waitedIn(events: readonly LogEvent[]): number {
  let total = 0;
  let since: number | null = null;
  let paused = false;
  let writing = false;
  let isPerson = false;
  for (const event of events) {
    if (!isKnownEvent(event)) continue;
    switch (event.type) {
      case 'run.paused':
        paused = true;
        break;
      case 'run.continued':
        paused = false;
        break;
      case 'run.resumed':
        paused = false;
        writing = false;
        break;
      case 'call.started':
        if (event.call === '0') isPerson = event.model === PERSON_MODEL;
        break;
      case 'call.sent':
        if (event.call === '0') writing = isPerson;
        break;
      case 'turn.finished':
      case 'call.retried':
      case 'call.finished':
      case 'call.failed':
        if (event.call === '0') writing = false;
        break;
      default:
    }
    if (paused || writing) {
      since ??= event.at;
    } else if (since !== null) {
      total += event.at - since;
      since = null;
    }
  }
  return since === null ? total : total + (events.at(-1)?.at ?? since) - since;
}
