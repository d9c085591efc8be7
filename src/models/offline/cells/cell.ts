/** One turn as the offline root writes it: a sentence or two of plan, then one block. */
export interface Turn {
  readonly plan: string;
  /** JavaScript of the cell. Its first line is a comment with the turn's name: `// RANK: …`. */
  readonly code: string;
}

/**
 * Template tag for a cell's JavaScript: `${…}` inserts; `\${` and `` \` `` stand for the guest's own.
 * Backslashes are otherwise the guest's, so that regular expressions read as they run.
 */
export function js(strings: TemplateStringsArray, ...inserts: readonly string[]): string {
  const own = strings.raw.map((part) => part.replace(/\\(?=\$\{|`)/g, ''));
  return String.raw({ raw: own }, ...inserts).trim();
}

/** A value as source, one line an element for arrays of objects. */
export function literal(value: unknown): string {
  if (Array.isArray(value) && value.some((one) => typeof one === 'object' || JSON.stringify(value).length > 90)) {
    return `[\n${value.map((one) => `  ${flat(one)},`).join('\n')}\n]`;
  }
  return flat(value);
}

function flat(value: unknown): string {
  if (value instanceof RegExp) return value.toString();
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}: ${flat(one)}`);
    return `{ ${entries.join(', ')} }`;
  }
  return JSON.stringify(value) ?? 'undefined';
}

/** The guest's `value` as source, a whole number with separators: its toLocaleString knows no locale. */
export const grouped = (value: string): string => String.raw`String(${value}).replace(/\B(?=(\d{3})+$)/g, ',')`;

/** A turn as the reply that carries it. */
export function replyOf(turn: Turn): string {
  return `${turn.plan}\n\n\`\`\`js\n${turn.code}\n\`\`\``;
}

export const CLOSING = '*Answered by the offline demo: rules, not a language model.*';
