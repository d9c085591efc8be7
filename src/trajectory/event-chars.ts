import type { LogEvent } from './events.ts';

/**
 * About how many characters an event holds: those of its own texts. For deciding how many events go
 * together, where one may be a print of megabytes.
 */
export function eventChars(event: LogEvent): number {
  let chars = 0;
  for (const value of Object.values(event)) {
    if (typeof value === 'string') chars += value.length;
  }
  return chars;
}
