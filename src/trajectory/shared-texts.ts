import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { LogEvent } from './events.ts';

/**
 * Long texts that a log repeats (prompts carry the same slices of a document) are stored once: the
 * header line holds them by SHA-256, events hold `{"$text": "<hash>"}` in their place.
 */

/** Characters above which a repeated text is stored once. */
export const SHARE_ABOVE = 32_768;
/** Levels of objects in one line; ours have 5. Deeper ones are refused: nothing may overflow on them. */
const MAX_LEVELS = 64;

export interface TextReference {
  readonly $text: string;
}

/** Texts to store once, with their hashes, in the order of their first use. */
export function repeatedTexts(events: readonly LogEvent[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const literal = new Set<string>();
  const stack: unknown[] = [];
  for (const event of events) {
    stack.push(event);
    while (stack.length > 0) {
      const value = stack.pop();
      if (typeof value === 'string') {
        if (value.length > SHARE_ABOVE) counts.set(value, (counts.get(value) ?? 0) + 1);
      } else if (typeof value === 'object' && value !== null) {
        if (isReference(value)) literal.add(value.$text);
        for (const item of Object.values(value).toReversed()) stack.push(item);
      }
    }
  }
  const hashes = new Map<string, string>();
  const taken = new Set(literal);
  for (const [text, count] of counts) {
    if (count < 2) continue;
    const hash = bytesToHex(sha256(utf8ToBytes(text)));
    // Two texts that differ in lone surrogates alone share a hash, and an event of an unknown type
    // may hold what looks like a reference: such texts stay where they are.
    if (taken.has(hash)) continue;
    taken.add(hash);
    hashes.set(text, hash);
  }
  return hashes;
}

/** `event` as one line of JSON, with the texts in `hashes` as references. */
export function stringifyShared(event: LogEvent, hashes: ReadonlyMap<string, string>): string {
  if (hashes.size === 0) return JSON.stringify(event);
  return JSON.stringify(event, (_key, value: unknown) => {
    if (typeof value !== 'string' || value.length <= SHARE_ABOVE) return value;
    const hash = hashes.get(value);
    return hash === undefined ? value : ({ $text: hash } satisfies TextReference);
  });
}

/**
 * Puts the texts back in place of their references, inside `value` (fresh from `JSON.parse`).
 * Returns what is wrong with it, as the end of a sentence that begins «it », or null.
 */
export function restoreTexts(value: object, texts: ReadonlyMap<string, string>): string | null {
  const stack: { readonly holder: object; readonly level: number }[] = [{ holder: value, level: 1 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { holder, level } = top;
    if (level > MAX_LEVELS) return 'is nested too deeply';
    const entries: [string, unknown][] = Object.entries(holder);
    for (const [key, item] of entries) {
      if (key === '__proto__') return 'holds a field named “__proto__”';
      if (typeof item !== 'object' || item === null) continue;
      const text = isReference(item) ? texts.get(item.$text) : undefined;
      if (text === undefined) stack.push({ holder: item, level: level + 1 });
      else Reflect.set(holder, key, text);
    }
  }
  return null;
}

function isReference(value: object): value is TextReference {
  return '$text' in value && typeof value.$text === 'string' && Object.keys(value).length === 1;
}
