import type { Inspect } from './inspect.ts';
import type { Primordials } from './primordials.ts';
import type { Promises } from './promises.ts';
import type { Variables } from './variables.ts';

/** `FINAL`, `FINAL_VAR` and `answer`: how a cell says that the run is over, and with what. */
export function makeFinish(
  p: Primordials,
  inspect: Inspect,
  promises: Promises,
  variables: Variables,
  note: (text: string) => void,
) {
  type Shown = { readonly text: string; readonly format: 'text' | 'json' };
  type Via = 'FINAL' | 'FINAL_VAR' | 'answer';
  /** Entries looked at for promises in a final value: more than any list of replies. */
  const reach = 100_000;
  let final: { readonly via: Via; readonly value: unknown } | null = null;

  function finish(via: Via, given: unknown) {
    // The first value given stands: code after FINAL is often a fallback.
    if (final) return;
    const value = unpacked(given);
    final = { via, value: plainText(value) };
    promises.whenSettled(value, reach, () => {
      const end = promises.unwrap(value, reach);
      if (promises.isPromise(value) && inspect.kindOf(end) === 'Error') {
        final = null;
        promises.fail(end);
      }
    });
  }

  /** What `answer` holds, where it is given itself. @throws Error where that is nothing. */
  function unpacked(given: unknown): unknown {
    if (typeof given !== 'object' || given === null) return given;
    const property = p.getOwnPropertyDescriptor(globalThis, 'answer');
    const isAnswer = property && p.hasOwn(property, 'value') && property.value === given;
    if (!isAnswer || !p.hasOwn(given, 'content') || !p.hasOwn(given, 'ready') || p.ownKeys(given).length !== 2) return given;
    const content = inspect.dataOf(given, 'content');
    if (isEmpty(content)) throw new p.Error('answer.content is empty: put the answer in it, or give it to FINAL itself');
    return content;
  }

  /** A lazy text as the string an answer is. @throws RangeError where it is too long to be one. */
  function plainText(value: unknown): unknown {
    return inspect.isText(value)
      ? inspect.texts()?.whole(value, 'an answer', 'answer with slice(from, to) of it, or with what you found in it')
      : value;
  }

  function FINAL(value?: unknown): void {
    if (value === undefined) {
      throw new p.TypeError('FINAL was given undefined: give it the answer, FINAL(value)');
    }
    finish('FINAL', value);
  }

  function FINAL_VAR(name?: unknown): void {
    if (typeof name !== 'string') {
      if (name === undefined) {
        throw new p.TypeError('FINAL_VAR needs the name of a variable, FINAL_VAR("name")');
      }
      // The variable itself instead of its name: what was meant is plain.
      finish('FINAL_VAR', name);
      return;
    }
    const property = p.getOwnPropertyDescriptor(globalThis, name);
    if (!property || !p.hasOwn(property, 'value') || property.value === undefined) {
      const names = variables.names();
      throw new p.Error(
        'FINAL_VAR: there is no variable ' +
          p.quote(name) +
          '. ' +
          (names.length === 0
            ? 'No variables have been made yet.'
            : 'Variables: ' + p.arrayJoin(names, ', ') + '.'),
      );
    }
    finish('FINAL_VAR', property.value);
  }

  /**
   * A value as the text of an answer: strings whole, objects and arrays as JSON. What JSON has no
   * form for (a cycle, say) is shown as print shows it, and is text.
   */
  function textOf(given: unknown): Shown {
    const value = plainText(promises.unwrap(given, reach));
    if (typeof value === 'string') return asText(value);
    if (typeof value === 'bigint') return asText(p.String(value));
    if (typeof value !== 'object' || value === null) return asText(inspect.display(value));
    const kind = inspect.kindOf(value);
    if (kind === 'Error' || kind === 'Date' || kind === 'RegExp' || kind === 'Promise') {
      return asText(inspect.display(value));
    }
    let json: string | undefined;
    try {
      json = p.stringify(value, plain, 2);
    } catch {
      json = undefined;
    }
    if (json === undefined) return asText(inspect.inspect(value));
    const first = p.charCodeAt(json, 0);
    if (first === 0x7b || first === 0x5b) return { text: json, format: 'json' };
    // A `toJSON`, or an object around a string or a number: what it stands for is no object.
    return asText(first === 0x22 ? (p.parse(json) as string) : json);
  }

  const asText = (text: string): Shown => ({ text, format: 'text' });

  /** JSON for what JSON has no form for. */
  function plain(_key: string, value: unknown): unknown {
    if (typeof value === 'bigint') return p.String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (inspect.isA(p.prototypes.map, value)) {
      const object = p.create(null);
      p.mapEach(value, (entry, key) => {
        object[typeof key === 'string' ? key : inspect.inspect(key)] = entry;
      });
      return object;
    }
    if (inspect.isA(p.prototypes.set, value)) {
      const list: unknown[] = [];
      p.setEach(value, (entry) => {
        list[list.length] = entry;
      });
      return list;
    }
    return inspect.kindOf(value) === 'Error' ? inspect.errorText(value) : value;
  }

  /** `answer` as the cell left it: an object with content, or a variable of that name. */
  function readAnswer(): { content: unknown; ready: boolean } {
    const property = p.getOwnPropertyDescriptor(globalThis, 'answer');
    const value: unknown = property && p.hasOwn(property, 'value') ? property.value : undefined;
    if (typeof value !== 'object' || value === null || p.isArray(value)) {
      return { content: value, ready: false };
    }
    const ready = !!inspect.dataOf(value, 'ready');
    const isOurs = p.hasOwn(value, 'content') || p.hasOwn(value, 'ready');
    return { content: isOurs ? inspect.dataOf(value, 'content') : value, ready };
  }

  const isEmpty = (content: unknown) =>
    content === undefined || content === null || content === '';

  return {
    functions: { FINAL, FINAL_VAR },
    /** The cell's code is over: takes what `answer` says. */
    conclude(): void {
      const { content, ready } = readAnswer();
      if (!ready) return;
      if (isEmpty(content)) {
        note('answer.ready is true but answer.content is empty: put the answer in answer.content');
        return;
      }
      finish('answer', content);
    },
    via: (): Via | null => final?.via ?? null,
    finalText: (): Shown => textOf(final?.value),
    /** The answer as far as it got, in `brief` as print shows it; null where there is nothing in it. */
    draft(brief: boolean): string | null {
      const { content } = readAnswer();
      if (isEmpty(content)) return null;
      return brief ? inspect.display(content) : textOf(content).text;
    },
    reset(): void {
      final = null;
    },
  };
}

export type Finish = ReturnType<typeof makeFinish>;
