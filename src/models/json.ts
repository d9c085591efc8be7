/** The value as an object to look into; null for anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  // `as`: an object that is no array has string keys, and every value is still unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** The value parsed; undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
