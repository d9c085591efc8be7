/** Shorter strings than this are no keys, and might be words of a document. */
const SHORTEST_KEY = 8;

/**
 * `value` with every held key in its strings replaced by `[key]`: the last guard before an event
 * leaves the thread that knows keys. The same object where there is none, which is always so
 * unless a person pasted a key into a question, or a server echoed it.
 */
export function withoutKeys<T>(value: T, keys: readonly string[]): T {
  const secrets = keys.filter((key) => key.length >= SHORTEST_KEY);
  return secrets.length === 0 ? value : (clean(value, secrets) as T);
}

function clean(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => (text.includes(secret) ? text.replaceAll(secret, '[key]') : text), value);
  }
  if (Array.isArray(value)) {
    const cleaned = value.map((each) => clean(each, secrets));
    return cleaned.some((each, index) => each !== value[index]) ? cleaned : value;
  }
  if (typeof value === 'object' && value !== null) {
    const changed = Object.entries(value).flatMap(([name, each]) => {
      const cleaned = clean(each, secrets);
      return cleaned === each ? [] : [[name, cleaned] as const];
    });
    return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
  }
  return value;
}
