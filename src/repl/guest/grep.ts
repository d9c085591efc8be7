import type { GuestHost } from './prelude.ts';
import type { Inspect } from './inspect.ts';
import type { Output } from './output.ts';
import type { Primordials } from './primordials.ts';

/** `grep`: what a cell asks of the host's search, put into JSON field by field. */
export function makeGrep(p: Primordials, host: GuestHost, inspect: Inspect, note: Output['note']) {
  /** Whether this cell knows that there is a limit of ours. */
  let toldOfLimit = false;

  function grep(pattern: unknown, options?: unknown): unknown {
    const isExpression =
      typeof pattern === 'object' && pattern !== null && inspect.isA(p.prototypes.regExp, pattern);
    if (!isExpression && (typeof pattern !== 'string' || pattern === '')) {
      throw new p.TypeError('grep needs a regular expression or a text that is not empty');
    }
    const option = (name: string) =>
      typeof options === 'object' && options !== null ? inspect.dataOf(options, name) : undefined;
    const field = (name: string, value: unknown) =>
      ',"' +
      name +
      '":' +
      (typeof value === 'string'
        ? p.quote(value)
        : typeof value === 'number'
          ? value === Infinity
            ? '-1'
            : p.String(value)
          : 'null');
    const request =
      '{"source":' +
      p.quote(typeof pattern === 'string' ? pattern : p.regExpSource(pattern)) +
      field('flags', isExpression ? p.regExpFlags(pattern) : null) +
      field('limit', option('limit')) +
      field('around', option('around')) +
      field('document', option('document')) +
      ',"count":' +
      (option('count') === true ? 'true' : 'false') +
      '}';
    const answer = p.parse(host.grep(request, request.length)) as {
      readonly matches?: unknown;
      readonly stoppedAt?: number;
      readonly error?: string;
    };
    if (p.hasOwn(answer, 'error')) throw new p.TypeError('grep: ' + p.String(answer.error));
    if (!toldOfLimit && p.hasOwn(answer, 'stoppedAt')) {
      toldOfLimit = true;
      note(
        'grep stops at ' +
          answer.stoppedAt +
          ' matches; { limit: Infinity } finds all of them, { count: true } counts them',
      );
    }
    return answer.matches;
  }

  return {
    grep,
    /** A new cell begins. */
    reset(): void {
      toldOfLimit = false;
    },
  };
}

export type Grep = ReturnType<typeof makeGrep>;
