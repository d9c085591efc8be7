import {
  findBatch,
  findLast,
  findPlaces,
  lineBatch,
  matchBatch,
  matchPlaces,
  matchTexts,
  search,
  splitTexts,
} from './text-search.ts';
import type { GuestText } from './guest-text.ts';
import type { TextHost } from './guest/text-host.ts';
import type { Packed } from './packed.ts';
import type { QuickJSContext, QuickJSHandle } from './quickjs.ts';

/** Runs a call of the guest's; see `HostWork.during`. */
export type Around = <Result>(call: () => Result) => Result;

/** Functions of the host over texts, defined on `object`, which is the guest's `TextHost`. */
export function defineTextFunctions(
  context: QuickJSContext,
  object: QuickJSHandle,
  texts: () => GuestText,
  around: Around,
): void {
  const number = (handle: QuickJSHandle) => context.getNumber(handle);
  const text = (handle: QuickJSHandle) => texts().readPlain(handle);
  const record = (fields: Readonly<Record<string, QuickJSHandle>>): QuickJSHandle => {
    const made = context.newObject();
    for (const [name, handle] of Object.entries(fields)) {
      context.setProp(made, name, handle);
      handle.dispose();
    }
    return made;
  };
  const bytes = (buffer: ArrayBuffer | null) =>
    buffer === null ? context.null : context.newArrayBuffer(buffer);
  const packed = ({ joined, separator, absent }: Packed) =>
    record({
      joined: texts().write(joined),
      separator: texts().write(separator),
      absent: bytes(absent),
    });
  const define = (
    name: keyof TextHost,
    call: (args: readonly [Arg, Arg, Arg, Arg, Arg, Arg, Arg]) => QuickJSHandle | undefined,
  ) => {
    const handle = context.newFunction(name, (...args) => {
      const at = (index: number) => args[index] ?? context.undefined;
      return around(() => call([at(0), at(1), at(2), at(3), at(4), at(5), at(6)]));
    });
    context.setProp(object, name, handle);
    handle.dispose();
  };
  const subject = (ref: Arg, from: Arg, to: Arg) =>
    texts().subjects.resolve(ref, number(from), number(to));

  define('find', ([ref, from, to, needle, position, most]) => {
    const places = findBatch(
      subject(ref, from, to),
      text(needle),
      number(position),
      number(most),
    );
    return bytes(Float64Array.from(places).buffer);
  });
  define('findLast', ([ref, from, to, needle, position]) =>
    context.newNumber(findLast(subject(ref, from, to), text(needle), number(position))),
  );
  define('search', ([ref, from, to, source, flags]) =>
    context.newNumber(search(subject(ref, from, to), text(source), text(flags))),
  );
  define('match', ([ref, from, to, source, flags]) => {
    const found = matchTexts(subject(ref, from, to), text(source), text(flags));
    return found ? packed(found) : context.null;
  });
  define('exec', ([ref, from, to, source, flags, position, most]) => {
    const batch = matchBatch(
      subject(ref, from, to),
      text(source),
      text(flags),
      number(position),
      number(most),
    );
    return record({
      count: context.newNumber(batch.count),
      width: context.newNumber(batch.width),
      names: context.newString(batch.names),
      places: bytes(batch.places),
      texts: packed(batch.texts),
    });
  });
  define('split', ([ref, from, to, source, flags, limit]) =>
    packed(
      splitTexts(subject(ref, from, to), text(source), text(flags), number(limit)),
    ),
  );
  define('places', ([ref, needle, position, most]) => {
    const found = texts().subjects.resolveWhole(ref);
    return bytes(findPlaces(found, text(needle), number(position), number(most)));
  });
  define('matchPlaces', ([ref, source, flags, position, most]) =>
    bytes(
      matchPlaces(
        texts().subjects.resolveWhole(ref),
        text(source),
        text(flags),
        number(position),
        number(most),
      ),
    ),
  );
  define('isRope', ([ref]) => (texts().isRope(ref) ? context.true : context.false));
  define('slice', ([ref, from, to]) => {
    const found = subject(ref, from, to);
    texts().subjects.onSlice(found);
    return texts().write(found.slice(0, found.length));
  });
  define('toCase', ([ref, from, to, upper]) => {
    const found = subject(ref, from, to);
    const whole = found.whole ?? found.slice(0, found.length);
    const changed = number(upper) === 1 ? whole.toUpperCase() : whole.toLowerCase();
    const handle = texts().write(changed);
    // It is made to be searched.
    texts().subjects.wrote(handle, changed);
    return handle;
  });
  define('lines', ([ref, from, to, position]) => {
    const { lines, next } = lineBatch(subject(ref, from, to), number(position));
    return record({ lines: packed(lines), next: context.newNumber(next) });
  });
  define('forget', () => {
    texts().subjects.forget();
    return undefined;
  });
}

type Arg = QuickJSHandle;
