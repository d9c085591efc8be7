import { defineTextFunctions } from './text-functions.ts';
import type { GuestText } from './guest-text.ts';
import type { GuestHost } from './guest/prelude.ts';
import type { QuickJSContext, QuickJSHandle } from './quickjs.ts';
import type { Around } from './text-functions.ts';

/**
 * The host's functions as one guest object. `texts` carries strings; it exists only once the guest's
 * own functions do, before any of these is called. `around` runs the calls that search texts.
 */
export function hostObject(
  context: QuickJSContext,
  host: GuestHost,
  texts: () => GuestText,
  around: Around,
): QuickJSHandle {
  const object = context.newObject();
  const number = (handle: QuickJSHandle) => context.getNumber(handle);
  const short = (handle: QuickJSHandle) => context.getString(handle);
  const text = (handle: QuickJSHandle, length: QuickJSHandle) => texts().read(handle, number(length));
  const define = (
    name: keyof GuestHost,
    call: (...args: readonly [Arg, Arg, Arg, Arg, Arg, Arg]) => QuickJSHandle | undefined,
  ) => {
    const handle = context.newFunction(name, (...args) => {
      const all = [0, 1, 2, 3, 4, 5].map((index) => args[index] ?? context.undefined);
      return call(...(all as unknown as [Arg, Arg, Arg, Arg, Arg, Arg]));
    });
    context.setProp(object, name, handle);
    handle.dispose();
  };
  define('print', (a, b) => void host.print(text(a, b), number(b)));
  define('llm', (id, a, b, model, batch, stack) => {
    host.llm(number(id), text(a, b), number(b), short(model), number(batch), short(stack));
    return undefined;
  });
  define('text', (name, a, b) => void host.text(short(name), text(a, b), number(b)));
  define('textRange', (name, ref, from, to) =>
    void host.textRange(short(name), number(ref), number(from), number(to)),
  );
  define('rlm', (id, a, b, shape, stack) => {
    const known = short(shape);
    host.rlm(
      number(id),
      text(a, b),
      number(b),
      known === 'own' || known === 'several' ? known : 'single',
      short(stack),
    );
    return undefined;
  });
  define('grep', (a, b) => texts().write(host.grep(text(a, b), number(b))));
  const { search: find } = host;
  if (find) define('search', (a, b) => texts().write(find(text(a, b), number(b))));
  define('result', (slot, a, b) => {
    const known = short(slot);
    host.result(
      known === 'final' || known === 'finalJson' || known === 'draft' || known === 'variables' ? known : 'report',
      text(a, b),
      number(b),
    );
    return undefined;
  });
  const search = context.newObject();
  defineTextFunctions(context, search, texts, around);
  context.setProp(object, 'texts', search);
  search.dispose();
  return object;
}

type Arg = QuickJSHandle;
