import type { Primordials } from './primordials.ts';
import type { TextSubject } from './text-ops.ts';

/** What `makeLazyTexts` tells of its texts. */
export interface TextView {
  readonly subjectOf: (value: unknown) => TextSubject | undefined;
  readonly sizeOf: (value: unknown) => number;
  /** The first characters. */
  readonly head: (value: unknown, units: number) => string;
  /** The whole as a string where it is short enough for that, else null. */
  readonly textOf: (value: unknown) => string | null;
  /** How long it is, how it begins and ends. */
  readonly brief: (value: unknown) => string;
  /** The whole. @throws RangeError where it is too long: `what` was tried, `instead` may be written. */
  readonly whole: (value: unknown, what: string, instead: string) => string;
}

export interface InspectLimits {
  /** Levels of objects shown before `[Array]`, `{Object}`. */
  readonly depth: number;
  /** Elements, keys or entries of one object. */
  readonly items: number;
  /** Characters of one nested string. */
  readonly chars: number;
  /** Characters of the whole, about. */
  readonly total: number;
  /** Columns before an object breaks into lines; Infinity keeps it on one. */
  readonly width: number;
}

/**
 * Values as a notebook shows them: bare strings as they are, everything else as readable source.
 * Never runs a getter or `toJSON`; a proxy's traps run, as guest code under the guest's limits.
 */
export function makeInspect(p: Primordials) {
  const { prototypes } = p;
  const identifier = /^[A-Za-z_$][\w$]*$/;
  /** Entries past which a value is only sampled: to walk it would take seconds. */
  const large = 1000;
  const full: InspectLimits = { depth: 6, items: 100, chars: 4000, total: 200_000, width: 88 };

  let texts: TextView | null = null;
  /** Objects of ours that are shown as text of their own. */
  let view: ((value: object) => string | null) | null = null;

  /** Whether `value` is a lazy text. */
  const isText = (value: unknown): boolean => texts?.subjectOf(value) !== undefined;

  const isA = (prototype: object, value: object) => p.isPrototypeOf(prototype, value);

  /** An own or inherited property's value, if it is plain data. */
  function dataOf(value: object, key: PropertyKey): unknown {
    for (let object: object | null = value, i = 0; object !== null && i < 20; i++) {
      const found = p.getOwnPropertyDescriptor(object, key);
      if (found) return p.hasOwn(found, 'value') ? found.value : undefined;
      object = p.getPrototypeOf(object);
    }
    return undefined;
  }

  /** Name of the value's class; '' for a null prototype. */
  function className(value: object): string {
    const prototype = p.getPrototypeOf(value);
    if (prototype === null) return '';
    const maker = dataOf(prototype, 'constructor');
    const name = typeof maker === 'function' ? dataOf(maker, 'name') : undefined;
    return typeof name === 'string' && name !== '' ? name : 'Object';
  }

  function describeError(value: object): { name: string; message: string } {
    const name = dataOf(value, 'name');
    const message = dataOf(value, 'message');
    return {
      name: typeof name === 'string' && name !== '' ? name : 'Error',
      message: typeof message === 'string' ? message : '',
    };
  }

  function errorText(value: object): string {
    const { name, message } = describeError(value);
    return message === '' ? name : name + ': ' + message;
  }

  function kindOf(value: unknown): string {
    if (value === null) return 'null';
    if (typeof value === 'function') {
      return p.slice(p.functionText(value), 0, 6) === 'class ' ? 'class' : 'function';
    }
    if (typeof value !== 'object') return typeof value;
    if (p.isArray(value)) return 'array';
    if (isText(value)) return 'text';
    if (isA(prototypes.error, value)) return 'Error';
    const name = className(value);
    return name === 'Object' || name === '' ? 'object' : name;
  }

  /** Characters, elements or entries; null where a size means nothing. */
  function sizeOf(value: unknown): number | null {
    if (typeof value === 'string') return value.length;
    if (typeof value !== 'object' || value === null) return null;
    if (p.isArray(value)) return value.length;
    if (texts?.subjectOf(value)) return texts.sizeOf(value);
    if (isA(prototypes.map, value)) return p.mapSize(value);
    if (isA(prototypes.set, value)) return p.setSize(value);
    if (p.isView(value)) return isTyped(value) ? p.typedArrayLength(value) : null;
    if (isA(prototypes.date, value) || isA(prototypes.error, value)) return null;
    if (isA(prototypes.promise, value) || isA(prototypes.regExp, value)) return null;
    return p.ownKeys(value).length;
  }

  const isTyped = (value: object) => typeof dataOf(value, 'BYTES_PER_ELEMENT') === 'number';

  function inspect(value: unknown, limits: InspectLimits = full): string {
    const seen: object[] = [];
    let room = limits.total;

    const quoted = (text: string) =>
      text.length > limits.chars
        ? p.quote(p.slice(text, 0, limits.chars)) +
          '… ' +
          (text.length - limits.chars) +
          ' more characters'
        : p.quote(text);

    function show(value: unknown, depth: number, indent: number): string {
      const text = showAny(value, depth, indent);
      room -= text.length;
      return text;
    }

    function showAny(value: unknown, depth: number, indent: number): string {
      switch (typeof value) {
        case 'string':
          return quoted(value);
        case 'bigint':
          return p.String(value) + 'n';
        case 'symbol':
          return p.symbolText(value);
        case 'number':
          return p.objectIs(value, -0) ? '-0' : p.String(value);
        case 'function': {
          const name = dataOf(value, 'name');
          const label = typeof name === 'string' && name !== '' ? name : '(anonymous)';
          return kindOf(value) === 'class' ? '[class ' + label + ']' : '[Function: ' + label + ']';
        }
        case 'object':
          return value === null ? 'null' : showObject(value, depth, indent);
        default:
          return p.String(value);
      }
    }

    function showObject(value: object, depth: number, indent: number): string {
      for (let i = 0; i < seen.length; i++) if (seen[i] === value) return '[Circular]';
      if (texts?.subjectOf(value)) {
        const text = texts.textOf(value);
        return text === null ? texts.brief(value) : quoted(text);
      }
      try {
        if (isA(prototypes.error, value)) return '[' + errorText(value) + ']';
        if (isA(prototypes.promise, value)) return 'Promise';
        if (isA(prototypes.date, value)) {
          return p.isNaN(p.dateTime(value)) ? 'Invalid Date' : p.dateIso(value);
        }
        if (isA(prototypes.regExp, value)) {
          return '/' + p.regExpSource(value) + '/' + p.regExpFlags(value);
        }
      } catch {
        // Only an object that pretends to be one of these gets here: shown by its keys.
      }
      if (isA(prototypes.weakMap, value)) return 'WeakMap { <entries unknown> }';
      if (isA(prototypes.weakSet, value)) return 'WeakSet { <entries unknown> }';
      if (depth >= limits.depth) return p.isArray(value) ? '[Array]' : '[' + className(value) + ']';
      seen[seen.length] = value;
      try {
        return showEntries(value, depth, indent);
      } finally {
        seen.length -= 1;
      }
    }

    function showEntries(value: object, depth: number, indent: number): string {
      const parts: string[] = [];
      let left = 0;
      const hasRoom = () => parts.length < limits.items && room > 0;
      /** Room for one more entry; counts it as left out otherwise. */
      const admits = () => {
        if (hasRoom()) return true;
        left += 1;
        return false;
      };
      const name = className(value);
      let prefix = name === 'Object' ? '' : (name === '' ? '[null prototype]' : name) + ' ';
      let open = '{';
      let close = '}';
      const isList = p.isArray(value);
      const isBytes = !isList && p.isView(value) && isTyped(value);
      if (isList || isBytes) {
        const length = isList ? value.length : p.typedArrayLength(value);
        prefix = isList && name === 'Array' ? '' : name + '(' + length + ') ';
        open = '[';
        close = ']';
        let holes = 0;
        let i = 0;
        for (; i < length && hasRoom(); i++) {
          const item = p.getOwnPropertyDescriptor(value, i);
          if (!item) {
            holes += 1;
            if (holes > 10_000) break;
            continue;
          }
          if (holes > 0) parts[parts.length] = '<' + holes + ' empty>';
          holes = 0;
          parts[parts.length] = showProperty(item, depth, indent);
        }
        if (holes > 0) parts[parts.length] = '<' + holes + ' empty>';
        left = length - i;
      } else if (isA(prototypes.map, value)) {
        prefix = name + '(' + p.mapSize(value) + ') ';
        const entries = p.mapEntries(value as Map<unknown, unknown>);
        while (hasRoom()) {
          const { done, value: entry } = p.mapNext(entries);
          if (done === true) break;
          parts[parts.length] =
            show(entry[0], depth + 1, indent + 2) + ' => ' + show(entry[1], depth + 1, indent + 2);
        }
        left = p.mapSize(value) - parts.length;
      } else if (isA(prototypes.set, value)) {
        prefix = name + '(' + p.setSize(value) + ') ';
        const entries = p.setValues(value as Set<unknown>);
        while (hasRoom()) {
          const { done, value: entry } = p.setNext(entries);
          if (done === true) break;
          parts[parts.length] = show(entry, depth + 1, indent + 2);
        }
        left = p.setSize(value) - parts.length;
      } else if (isA(prototypes.arrayBuffer, value)) {
        prefix = name + '(' + p.arrayBufferLength(value) + ') ';
      }
      // An array's keys include its indices.
      const isLong = isBytes || (isList && value.length > large);
      const keys = isLong ? [] : p.ownKeys(value);
      for (let i = 0; i < keys.length; i++) {
        if (i >= large && !hasRoom()) {
          left += keys.length - i;
          break;
        }
        const key = keys[i];
        if (key === undefined || (isList && (key === 'length' || isIndex(key)))) continue;
        const property = p.getOwnPropertyDescriptor(value, key);
        if (!property || property.enumerable !== true) continue;
        if (!admits()) continue;
        parts[parts.length] = keyText(key) + ': ' + showProperty(property, depth, indent);
      }
      if (left > 0) parts[parts.length] = '… ' + left + ' more';
      return prefix + layOut(parts, open, close, indent, isList || isBytes);
    }

    function showProperty(property: PropertyDescriptor, depth: number, indent: number): string {
      if (p.hasOwn(property, 'value')) return show(property.value, depth + 1, indent + 2);
      return property.get ? '[Getter]' : '[Setter]';
    }

    const isIndex = (key: PropertyKey) =>
      typeof key === 'string' && key.length > 0 && p.charCodeAt(key, 0) <= 57 && key === '' + +key;

    const keyText = (key: string | symbol) =>
      typeof key === 'symbol'
        ? '[' + p.symbolText(key) + ']'
        : p.execute(identifier, key)
          ? key
          : p.quote(key);

    /** One line if it fits; short list items packed into lines; else one entry a line. */
    function layOut(parts: string[], open: string, close: string, indent: number, isList: boolean) {
      if (parts.length === 0) return open + close;
      const gap = isList ? '' : ' ';
      let length = 4 + indent;
      let longest = 0;
      let lines = false;
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i] ?? '';
        length += part.length + 2;
        if (part.length > longest) longest = part.length;
        if (p.includes(part, '\n')) lines = true;
      }
      if (!lines && length <= limits.width) {
        return open + gap + p.arrayJoin(parts, ', ') + gap + close;
      }
      const pad = '\n' + p.repeat(' ', indent + 2);
      if (!isList || lines || longest > 24) {
        return open + pad + p.arrayJoin(parts, ',' + pad) + '\n' + p.repeat(' ', indent) + close;
      }
      let text = open;
      let column = limits.width;
      for (let i = 0; i < parts.length; i++) {
        const part = (parts[i] ?? '') + (i + 1 < parts.length ? ',' : '');
        const breaks = column + part.length + 1 > limits.width;
        text += (breaks ? pad : ' ') + part;
        column = (breaks ? indent + 2 : column + 1) + part.length;
      }
      return text + '\n' + p.repeat(' ', indent) + close;
    }

    return show(value, 0, 0);
  }

  /** As printed: a string is itself, an error is its message without brackets. */
  function display(value: unknown): string {
    if (typeof value === 'string') return value;
    if (texts?.subjectOf(value)) return texts.textOf(value) ?? texts.brief(value);
    if (typeof value === 'object' && value !== null && isA(prototypes.error, value)) {
      return errorText(value);
    }
    const own = typeof value === 'object' && value !== null ? view?.(value) : null;
    return own ?? inspect(value);
  }

  return {
    inspect,
    display,
    dataOf,
    describeError,
    errorText,
    kindOf,
    sizeOf,
    isA,
    isText,
    /** The lazy texts, from then on shown as texts; null before. */
    texts: (): TextView | null => texts,
    knowTexts(view: TextView): void {
      texts = view;
    },
    knowView(own: (value: object) => string | null): void {
      view = own;
    },
  };
}

export type Inspect = ReturnType<typeof makeInspect>;
