import type { Finish } from './finish.ts';
import type { Inspect } from './inspect.ts';
import type { Primordials } from './primordials.ts';
import type { Promises } from './promises.ts';
import type { Variables } from './variables.ts';

/** What the host is told of a cell, as JSON that is put together from strings. */
export function makeReports(
  p: Primordials,
  inspect: Inspect,
  promises: Promises,
  variables: Variables,
  finish: Finish,
) {
  /** An error as JSON, put together from strings: a `toJSON` of the cell's must not be asked. */
  function describe(error: unknown): string {
    let name = 'Error';
    let message: string;
    let stack: unknown = '';
    if (typeof error === 'object' && error !== null && inspect.kindOf(error) === 'Error') {
      ({ name, message } = inspect.describeError(error));
      if (message.length > 10_000) message = p.slice(message, 0, 10_000) + '… ' + message.length + ' characters in all';
      stack = inspect.dataOf(error, 'stack');
    } else {
      message = 'thrown: ' + inspect.display(error);
    }
    return (
      '{"name":' +
      p.quote(name) +
      ',"message":' +
      p.quote(message) +
      ',"stack":' +
      p.quote(typeof stack === 'string' ? stack : '') +
      '}'
    );
  }

  /** How a cell ended; `spoiled` is what it has done to the built-ins that cannot be undone, '' for nothing. */
  function report(spoiled: string): string {
    const failure = promises.failure();
    const via = finish.via();
    return (
      '{"failure":' +
      (failure ? describe(failure.error) : 'null') +
      ',"spoiled":' +
      p.quote(spoiled) +
      ',"via":' +
      (via === null ? 'null' : p.quote(via)) +
      '}'
    );
  }

  function changedVariables(): string {
    const changes = variables.changes();
    let list = '';
    for (let i = 0; i < changes.length; i++) {
      const { name, kind, size, preview } = changes[i] as (typeof changes)[number];
      list +=
        (i === 0 ? '' : ',') +
        '{"name":' +
        p.quote(name) +
        ',"kind":' +
        p.quote(kind) +
        ',"size":' +
        (size === null ? 'null' : p.String(size)) +
        ',"preview":' +
        p.quote(preview) +
        '}';
    }
    return '[' + list + ']';
  }

  return { describe, report, changedVariables };
}

export type Reports = ReturnType<typeof makeReports>;
