type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

interface JsonKey {
  readonly key: string;
  readonly holds: JsonType;
}

export interface JsonShape {
  /** The value is the first element of an array. */
  readonly inArray: boolean;
  readonly type: JsonType;
  /** Of an object, in their order, as far as the text goes. */
  readonly keys: readonly JsonKey[];
}

const MOST_KEYS = 500;
const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\[^])*")|(-?[\d.eE+-]+)|(true|false)|(null))/y;

/**
 * The outermost shape of a JSON text, of which only the start need be there; of an array that of its
 * first element. Null where it does not begin as JSON does. Never recurses.
 */
export function jsonShape(text: string): JsonShape | null {
  const tokens = new RegExp(TOKEN);
  const next = (): { type: JsonType | null; token: string } | null => {
    const [, sign, string, number, truth, nothing] = tokens.exec(text) ?? [];
    if (sign !== undefined) return { type: sign === '{' ? 'object' : sign === '[' ? 'array' : null, token: sign };
    if (string !== undefined) return { type: 'string', token: string };
    if (number !== undefined) return { type: 'number', token: number };
    if (truth !== undefined) return { type: 'boolean', token: truth };
    return nothing === undefined ? null : { type: 'null', token: nothing };
  };

  let first = next();
  if (!first?.type) return null;
  const inArray = first.type === 'array';
  if (inArray) {
    first = next();
    if (!first?.type) return { inArray: false, type: 'array', keys: [] };
  }
  const keys: JsonKey[] = [];
  if (first.type !== 'object') return { inArray, type: first.type, keys };

  let depth = 1;
  let key: string | null = null;
  let last = '{';
  for (let seen = next(); seen && keys.length < MOST_KEYS; seen = next()) {
    const { type, token } = seen;
    if (depth === 1) {
      if (type === 'string' && (last === '{' || last === ',')) key = token;
      else if (type !== null && last === ':' && key !== null) {
        keys.push({ key: unquoted(key), holds: type });
        key = null;
      }
    }
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (depth === 0) break;
    last = token;
  }
  return { inArray, type: 'object', keys };
}

function unquoted(token: string): string {
  try {
    const text: unknown = JSON.parse(token);
    return typeof text === 'string' ? text : token;
  } catch {
    return token.slice(1, -1);
  }
}
