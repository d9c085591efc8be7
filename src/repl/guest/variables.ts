import type { Inspect, InspectLimits } from './inspect.ts';
import type { Primordials } from './primordials.ts';

/** The variables a model made: what is on the global object that was not there before it wrote. */
export function makeVariables(p: Primordials, inspect: Inspect) {
  type Variable = { name: string; kind: string; size: number | null; preview: string };
  const brief: InspectLimits = { depth: 2, items: 12, chars: 80, total: 400, width: Infinity };
  const previewChars = 200;
  let builtIn = new p.Set<PropertyKey>();
  const signatures = new p.Map<string, string>();
  /** A number for each object, so that another object of the same looks counts as a change. */
  const identities = new p.WeakMap<object, number>();
  let nextIdentity = 0;
  /** Values that took too long to look at: told by name and type from then on. */
  const opaque = new p.WeakSet<object>();
  /** What is being looked at; still there on the next look if that one was interrupted. */
  let lookingAt: object | null = null;
  /** `answer` as it was before anyone touched it, and our `history`: no variables of the model's. */
  let untouched = '';
  let history: object | null = null;

  function identityOf(value: unknown): number {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return -1;
    const known = p.weakGet(identities, value);
    if (known !== undefined) return known;
    nextIdentity += 1;
    p.weakSet(identities, value, nextIdentity);
    return nextIdentity;
  }

  function previewOf(value: unknown): string {
    const text =
      typeof value === 'string'
        ? p.slice(value, 0, previewChars + 1)
        : inspect.isText(value)
          ? inspect.texts()?.head(value, previewChars + 1) ?? ''
          : inspect.inspect(value, brief);
    return text.length > previewChars ? p.slice(text, 0, previewChars - 1) + '…' : text;
  }

  /** A proxy may throw or never return, and there may be no memory: such a value is told in brief. */
  function describe(name: string, value: unknown): Variable {
    const isObject = (typeof value === 'object' || typeof value === 'function') && value !== null;
    if (isObject && p.weakSetHas(opaque, value)) return unseen(name, value);
    lookingAt = isObject ? value : null;
    try {
      return {
        name,
        kind: inspect.kindOf(value),
        size: inspect.sizeOf(value),
        preview: previewOf(value),
      };
    } catch {
      return unseen(name, value);
    } finally {
      // An interrupt runs no `finally`.
      lookingAt = null;
    }
  }

  function unseen(name: string, value: unknown): Variable {
    return { name, kind: typeof value, size: null, preview: '' };
  }

  /** Told by length, head and tail: hashing a string of 50 MB after each cell would cost too much. */
  function signatureOf(value: unknown, variable: Variable): string {
    const tail = typeof value === 'string' ? p.slice(value, -100) : '';
    return variable.kind + ' ' + variable.size + ' ' + identityOf(value) + ' ' + variable.preview + tail;
  }

  function each(visit: (name: string, value: unknown) => void) {
    const names = p.ownKeys(globalThis);
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      if (typeof name !== 'string' || p.setHas(builtIn, name)) continue;
      const property = p.getOwnPropertyDescriptor(globalThis, name);
      if (!property || !p.hasOwn(property, 'value')) continue;
      if (name === 'answer' && signatureOf(property.value, describe(name, property.value)) === untouched) {
        continue;
      }
      if (name === 'history' && property.value === history) continue;
      visit(name, property.value);
    }
  }

  return {
    /** Everything global now is not the model's. */
    begin() {
      builtIn = new p.Set();
      const names = p.ownKeys(globalThis);
      for (let i = 0; i < names.length; i++) {
        const name = names[i];
        if (name !== undefined) p.setAdd(builtIn, name);
      }
    },
    /** A run begins with these: what a model makes of them, or puts there, is its own. */
    expect(answer: object, ours: object) {
      untouched = signatureOf(answer, describe('answer', answer));
      history = ours;
      p.mapDelete(signatures, 'answer');
      p.mapDelete(signatures, 'history');
    },
    /** New or changed since the last call. A deep change that shows in no preview is not seen. */
    changes(): Variable[] {
      if (lookingAt) p.weakSetAdd(opaque, lookingAt);
      lookingAt = null;
      const changed: Variable[] = [];
      const seen: string[] = [];
      each((name, value) => {
        const variable = describe(name, value);
        const signature = signatureOf(value, variable);
        if (p.mapGet(signatures, name) === signature) return;
        seen[changed.length] = signature;
        changed[changed.length] = variable;
      });
      // Only now: what an interrupted look has found must count as a change in the next one.
      for (let i = 0; i < changed.length; i++) {
        p.mapSet(signatures, (changed[i] as Variable).name, seen[i]);
      }
      return changed;
    },
    names(): string[] {
      const names: string[] = [];
      each((name) => {
        names[names.length] = name;
      });
      return names;
    },
    /** What `SHOW_VARS()` answers: one variable a line. */
    table(): string {
      let text = '';
      each((name, value) => {
        const size = inspect.sizeOf(value);
        const isText = typeof value === 'string' || inspect.isText(value);
        const unit = isText ? ' characters' : p.isArray(value) ? ' items' : ' entries';
        text += name + ': ' + inspect.kindOf(value) + (size === null ? '' : ', ' + size + unit) + '\n';
      });
      return text === '' ? 'No variables yet.' : p.slice(text, 0, -1);
    },
  };
}

export type Variables = ReturnType<typeof makeVariables>;
