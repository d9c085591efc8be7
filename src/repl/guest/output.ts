import type { GuestHost } from './prelude.ts';
import type { Inspect } from './inspect.ts';
import type { Primordials } from './primordials.ts';
import type { Promises } from './promises.ts';

/** `print` and the echo of a cell's last expression, in order even where a promise must be waited for. */
export function makeOutput(
  p: Primordials,
  host: GuestHost,
  inspect: Inspect,
  promises: Promises,
  printing: 'notebook' | 'string',
) {
  /** Entries looked at for promises in one print. */
  const reach = 10_000;
  /** Characters of one printed value: what anyone prints is in the log whole, short of a flood. */
  const most = 10_000_000;
  type Piece = { text: string | null; readonly values: unknown[]; readonly isEcho: boolean };
  let queue: Piece[] = [];

  const send = (text: string) => host.print(text, text.length);

  function format(values: unknown[], isEcho: boolean): string {
    let line = '';
    for (let i = 0; i < values.length; i++) {
      const value = promises.unwrap(values[i], reach);
      if (isEcho && value === undefined) return '';
      const text =
        printing === 'string' && !inspect.isText(value) ? p.String(value) : inspect.display(value);
      line += (i === 0 ? '' : ' ') + shorten(text);
    }
    return line + '\n';
  }

  /** Head and tail of a text that no log should hold whole, with its true length between. */
  function shorten(text: string): string {
    if (text.length <= most) return text;
    // Not between the halves of a pair.
    const whole = (at: number) => {
      const unit = p.charCodeAt(text, at);
      return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
    };
    const head = whole(most / 2);
    const tail = whole(text.length - most / 2);
    return (
      p.slice(text, 0, head) +
      '\n[… ' +
      (tail - head) +
      ' of ' +
      text.length +
      ' characters left out …]\n' +
      p.slice(text, tail)
    );
  }

  function flush() {
    let sent = 0;
    for (; sent < queue.length; sent++) {
      const text = queue[sent]?.text;
      if (text === null || text === undefined) break;
      if (text !== '') send(text);
    }
    if (sent === 0) return;
    const rest: Piece[] = [];
    for (let i = sent; i < queue.length; i++) rest[rest.length] = queue[i] as Piece;
    queue = rest;
  }

  function put(values: unknown[], isEcho: boolean) {
    const piece: Piece = { text: null, values, isEcho };
    const waits = promises.whenSettled(values, reach, () => {
      piece.text = format(values, isEcho);
      flush();
    });
    if (waits) {
      queue[queue.length] = piece;
    } else if (queue.length > 0) {
      piece.text = format(values, isEcho);
      queue[queue.length] = piece;
    } else {
      const text = format(values, isEcho);
      if (text !== '') send(text);
    }
  }

  return {
    print(...values: unknown[]): void {
      put(values, false);
    },
    /** A cell's value, as a notebook shows it: nothing for undefined. */
    echo(value: unknown): void {
      if (value === undefined) return;
      promises.float(value);
      if (printing === 'notebook') put([value], true);
    },
    /** A remark of ours among the output. */
    note(text: string): void {
      put(['[' + text + ']'], false);
    },
    /** Prints what still waits for promises that nothing will settle. */
    giveUp(): void {
      for (let i = 0; i < queue.length; i++) {
        const piece = queue[i] as Piece;
        piece.text ??= format(piece.values, piece.isEcho);
      }
      flush();
    },
    reset(): void {
      queue = [];
    },
  };
}

export type Output = ReturnType<typeof makeOutput>;
