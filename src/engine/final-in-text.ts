/** A final that the model wrote as text instead of running it. */
export type FinalInText =
  | { readonly kind: 'final'; readonly text: string }
  | { readonly kind: 'final-var'; readonly name: string };

/**
 * The first `FINAL(…)` or `FINAL_VAR(…)` in `reply` that begins a line where `isProse` says so (not
 * in a fenced block) and ends one; null if there is none. The argument may span lines and hold
 * balanced parentheses, and may be quoted. Where its parentheses do not balance, it reaches to the
 * last one that ends the reply.
 */
export function findFinal(
  reply: string,
  isProse: (index: number) => boolean,
): FinalInText | null {
  for (const match of reply.matchAll(/^[ \t]*(FINAL_VAR|FINAL)\(/gm)) {
    if (!isProse(match.index)) continue;
    const from = match.index + match[0].length;
    const end = findEnd(reply, from);
    if (end === null) continue;
    const argument = unquote(reply.slice(from, end).trim());
    if (match[1] === 'FINAL') return { kind: 'final', text: argument };
    return { kind: 'final-var', name: argument };
  }
  return null;
}

/** Index of the parenthesis that closes the one before `from`. */
function findEnd(text: string, from: number): number | null {
  const quoted = /^\s*(["'`])/.exec(text.slice(from, from + 200));
  if (quoted) {
    const closing = new RegExp(String.raw`(?<!\\)${quoted[1]}\s*\)[ \t;]*(?:\r?\n|$)`, 'g');
    closing.lastIndex = from + quoted[0].length;
    const found = closing.exec(text);
    if (found) return found.index + found[0].indexOf(')');
  }
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) {
      if (/^[ \t;]*(?:\r?\n|$)/.test(text.slice(i + 1, i + 200))) return i;
      break;
    }
  }
  const tail = /\)[ \t;]*\s*$/.exec(text);
  if (!tail || tail.index < from) return null;
  // «FINAL(x) comes later (I think)» balances and is prose; «FINAL(1) one 2) two)» does not.
  const rest = text.slice(from, tail.index);
  return rest.split(')').length > rest.split('(').length ? tail.index : null;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The value of a text that is one whole string literal; any other text as it is. */
function unquote(argument: string): string {
  const quote = argument[0];
  if (argument.length < 2 || (quote !== '"' && quote !== "'" && quote !== '`')) return argument;
  if (!new RegExp(String.raw`^${quote}(?:[^${quote}\\]|\\[\s\S])*${quote}$`).test(argument)) {
    return argument;
  }
  return argument.slice(1, -1).replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char);
}
