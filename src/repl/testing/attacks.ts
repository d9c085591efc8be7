/**
 * The hostile table: what models write by mistake, and what someone could make them write. One list
 * for the tests in Node, those in the browser, and the benchmark.
 */
export interface Attack {
  readonly name: string;
  readonly group: 'loops' | 'recursion' | 'memory' | 'natives' | 'values' | 'tampering' | 'escape';
  readonly code: string;
  /** What the cell's error must say; null where the cell works. */
  readonly error: RegExp | null;
  readonly printed?: RegExp;
  /** Fills memory: to be run with little of it. */
  readonly heavy?: boolean;
  /** Ends in no call of ours: only ending its thread helps. */
  readonly native?: boolean;
  /** Goes on until it is stopped. */
  readonly endless?: boolean;
}

const TIME = /TimeoutError: the cell was stopped after .* of computing/;
const STACK = /InternalError: stack overflow|REPL was lost|too much recursion|SyntaxError/;
const KILLED = /REPL was stopped|TimeoutError/;
const MEMORY = /out of memory|invalid (array|string) length|string too long|invalid array index/;
const NOT_THERE = /is not defined|could not load|is not a function|TypeError|ReferenceError|SyntaxError|Error: /;

type Row = readonly [name: string, code: string, error: RegExp | null, printed?: RegExp];

const endless = (rows: readonly (readonly [string, string])[]): Attack[] =>
  rows.map(([name, code]) => ({ name, code, group: 'loops', error: TIME, endless: true }));

const group = (
  name: Attack['group'],
  rows: readonly Row[],
  more: Partial<Attack> = {},
): Attack[] =>
  rows.map(([title, code, error, printed]) => ({
    name: title,
    code,
    group: name,
    error,
    ...(printed ? { printed } : {}),
    ...(error === TIME ? { endless: true } : {}),
    ...more,
  }));

const LOOPS = endless([
  ['for', 'for (;;) {}'],
  ['while with try and catch', 'while (true) try { null.x } catch {}'],
  ['finally that loops', 'try { for (;;) {} } catch {} finally { for (;;) {} }'],
  ['finally that continues', 'for (;;) { try { throw 1 } finally { continue } }'],
  ['generator', 'function* g() { for (;;) yield 1 } for (const x of g()) {}'],
  ['iterator', 'for (const x of { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }) {}'],
  ['getter', '({ get x() { for (;;) {} } }).x'],
  ['sort comparator', '[1, 2, 3].sort(() => { for (;;) {} })'],
  ['replace callback', '"abc".replace(/b/, () => { for (;;) {} })'],
  ['proxy trap', 'new Proxy({}, { get() { for (;;) {} } }).x'],
  ['toJSON', 'JSON.stringify({ toJSON() { for (;;) {} } })'],
  ['toString', '({ toString() { for (;;) {} } }) + ""'],
  ['eval', 'eval("for (;;) {}")'],
  ['Function', 'new Function("for (;;) {}")()'],
  ['await of nothing', 'for (;;) await 0'],
  ['async function', 'const f = async () => { for (;;) await null }; await f()'],
  ['thenable', 'await { then(resolve) { resolve({ then: this.then }) } }; const t = { then(r) { r(t) } }; await t'],
  ['promise bomb', 'const bomb = () => Promise.resolve().then(() => { bomb(); bomb() }); bomb()'],
  ['promise chain', 'const on = () => Promise.resolve().then(on); await on()'],
  ['rejections', 'const on = () => Promise.reject(1).catch(on); await on()'],
  ['waiting for a flag', 'let ready = false; llm_query("q").then(() => { ready = true }); while (!ready) {}'],
  ['catastrophic expression', '/(a+)+$/.test("a".repeat(50) + "b")'],
  ['catastrophic alternation', '/^(a|aa)+$/.exec("a".repeat(80) + "!")'],
]);

const RECURSION = group('recursion', [
  ['function', 'function f() { return f() + 1 } f()', STACK],
  ['getter of itself', 'const o = { get x() { return this.x } }; o.x', STACK],
  ['proxy of itself', 'const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x', STACK],
  ['toString of itself', 'const o = { toString() { return "" + this } }; "" + o', STACK],
  ['valueOf of itself', 'const o = { valueOf() { return +this } }; +o', STACK],
  ['toPrimitive of itself', 'const o = { [Symbol.toPrimitive]() { return `${this}` } }; `${o}`', STACK],
  ['toJSON of itself', 'const o = { toJSON() { return JSON.stringify(this) } }; JSON.stringify(o)', STACK],
  ['eval of itself', 'const s = "eval(s)"; globalThis.s = s; eval(s)', STACK],
  ['Function of itself', 'globalThis.f = () => new Function("return f()")(); f()', STACK],
  ['sort of itself', 'const f = () => [1, 2].sort(f); f()', STACK],
  ['caught and tried again', 'let n = 0; const f = () => { try { f() } catch { n++ } }; f(); n > 0 || fail()', null],
]);

const MEMORY_BOMBS = group(
  'memory',
  [
    ['array of arrays', 'const a = []; for (;;) a.push([1, 2, 3])', MEMORY],
    ['array of strings', 'const a = []; for (let i = 0; ; i++) a.push("x".repeat(1000) + i)', MEMORY],
    ['doubling string', 'let s = "x"; for (;;) s += s', MEMORY],
    ['doubling array', 'let a = [1]; for (;;) a = a.concat(a)', MEMORY],
    ['Map', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })', MEMORY],
    ['Set', 'const m = new Set(); for (let i = 0; ; i++) m.add("k" + i)', MEMORY],
    ['object keys', 'const o = {}; for (let i = 0; ; i++) o["k" + i] = i', MEMORY],
    ['ArrayBuffers', 'const a = []; for (;;) a.push(new ArrayBuffer(1e6))', MEMORY],
    ['one large ArrayBuffer', 'new ArrayBuffer(2 ** 31 - 1).byteLength', MEMORY],
    ['repeat', '"x".repeat(2 ** 29).length', MEMORY],
    ['padEnd', '"x".padEnd(2 ** 29).length', MEMORY],
    ['join', 'Array(100_000).fill("x".repeat(10_000)).join("").length', MEMORY],
    ['replaceAll', '"x".repeat(1e6).replaceAll("x", "y".repeat(1000)).length', MEMORY],
    ['spread of a long array', 'const a = Array(5e6).fill(1); Math.max(...a, ...a, ...a)', /out of memory|stack overflow|too many/],
    ['closures', 'let f = () => 0; for (;;) { const g = f; const data = Array(100).fill(g); f = () => data[0]() }', MEMORY],
  ],
  { heavy: true },
);

const NATIVES = group(
  'natives',
  [
    ['forEach of 2^53', 'Array.prototype.forEach.call({ length: 2 ** 53 - 1 }, () => {})', KILLED],
    ['indexOf of 2^53', 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)', KILLED],
    ['lastIndexOf of 2^53', 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)', KILLED],
    ['reverse of 2^53', 'Array.prototype.reverse.call({ length: 2 ** 53 - 1 })', KILLED],
    ['join of 2^32', 'new Array(2 ** 32 - 1).join()', /REPL was stopped|out of memory|TimeoutError/],
    ['fill of 2^53', 'Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 0, 2 ** 52)', /REPL was stopped|out of memory|TimeoutError/],
    ['catastrophic expression on a long text', '/(a+)+$/.test("a".repeat(40_000) + "b")', KILLED],
  ],
  { native: true, endless: true },
);

const VALUES = group('values', [
  ['print of 100 MB', 'print("x".repeat(1e5).repeat(1000))', null, /^x+\n\[… 90000000 of 100000000 characters left out …\]\nx+\n$/],
  ['prints without end', 'for (;;) print("")', TIME],
  ['print of a deep object', 'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; print(o)', null, /\[Object\]/],
  ['print of a wide object', 'print(Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ["k" + i, i])))', null, /more/],
  ['throw undefined', 'throw undefined', /thrown: undefined/],
  ['throw null', 'throw null', /thrown: null/],
  ['throw a symbol', 'throw Symbol("s")', /thrown: Symbol\(s\)/],
  ['throw a function', 'throw () => 1', /thrown: \[Function/],
  ['throw a revoked proxy', 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy', /revoked|cannot be read|thrown/],
  ['throw evil getters', 'throw { get message() { for (;;) {} }, get name() { throw 1 }, get stack() { throw 2 } }', /thrown: \{/],
  ['throw an evil error', 'throw Object.defineProperties(new Error("x"), { message: { get() { for (;;) {} } }, stack: { get() { throw 1 } } })', /Error/],
  ['throw a frozen error', 'throw Object.freeze(new TypeError("frozen"))', /TypeError: frozen/],
  ['throw a huge message', 'throw new Error("m".repeat(1e7))', /^Error: m+/],
  ['throw a proxy that throws', 'throw new Proxy({}, { getPrototypeOf() { throw 1 }, ownKeys() { throw 2 }, get() { throw 3 } })', /thrown|cannot be read/],
  ['print a cycle', 'const a = { b: [] }; a.b.push(a); print(a)', null, /Circular/],
  ['print poison', 'print({ get x() { for (;;) {} }, toJSON() { for (;;) {} }, toString() { for (;;) {} } })', null, /Getter/],
  ['print a proxy that throws', 'print(new Proxy({}, { ownKeys() { throw new Error("trap") } }))', /trap/],
  ['print a revoked proxy', 'const r = Proxy.revocable({}, {}); r.revoke(); print(r.proxy)', /revoked/],
  ['prompt that is a cycle', 'const a = {}; a.a = a; await llm_query(a)', /circular/i],
  ['prompt that throws', 'await llm_query({ toJSON() { throw new RangeError("evil") } })', /RangeError: evil/],
  ['prompt that never ends', 'await llm_query({ toJSON() { for (;;) {} } })', TIME],
  ['final that throws in pieces', 'answer = { get content() { throw 1 }, get ready() { throw 2 } }', null],
  ['variables that never end', 'trap = new Proxy({}, { ownKeys() { for (;;) {} }, getPrototypeOf() { for (;;) {} } }); 1', null],
  ['a variable that is a getter', 'Object.defineProperty(globalThis, "g", { get() { for (;;) {} }, enumerable: true, configurable: true }); 1', null],
]);

const TAMPERING = group('tampering', [
  ['Object.prototype', 'for (const k of ["toJSON", "then", "get", "set", "value", "writable", "configurable", "length", "0"]) Object.prototype[k] = function () { throw new Error("poison " + k) }', /poison then/],
  ['Object.prototype by getters', 'for (const k of ["toJSON", "then", "name", "message", "stack", "model", "text"]) Object.defineProperty(Object.prototype, k, { get() { throw new Error("poison") }, set() {}, configurable: true })', /poison/],
  ['Array.prototype', 'for (const k of Object.getOwnPropertyNames(Array.prototype)) if (k !== "constructor" && k !== "length") Array.prototype[k] = () => { throw new Error("poison") }; Object.defineProperty(Array.prototype, "0", { set() { throw 1 }, configurable: true })', /thrown: 1/],
  ['String.prototype', 'for (const k of Object.getOwnPropertyNames(String.prototype)) if (k !== "constructor" && k !== "length") String.prototype[k] = () => { throw new Error("poison") }', null],
  ['Promise.prototype', 'Promise.prototype.then = () => { throw new Error("poison") }; Promise.prototype.constructor = null; Promise = null', null],
  ['RegExp.prototype', 'RegExp.prototype.exec = () => { throw new Error("poison") }; RegExp.prototype[Symbol.match] = null; RegExp.prototype[Symbol.replace] = null', null],
  ['Map and Set', 'for (const k of ["get", "set", "has", "add", "delete", "forEach"]) { Map.prototype[k] = null; Set.prototype[k] = null; WeakMap.prototype[k] = null }', null],
  ['Function.prototype', 'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = null; Function.prototype.toString = null', null],
  ['Error', 'Error = null; TypeError = null; Error', null],
  ['our names by assignment', 'print = llm_query = context = FINAL = grep = documents = null', null, /name of the REPL/],
  ['our names frozen', 'for (const k of ["print", "llm_query", "context"]) Object.defineProperty(globalThis, k, { value: k, writable: true, configurable: true })', null, /name of the REPL/],
  ['our names by declaration', 'const context = 5; function print() {} ; class FINAL {}', null, /name of the REPL/],
  ['__repl', 'try { __repl.float = null } catch {} try { __repl = null } catch {} try { delete globalThis.__repl } catch {} 1', null],
  ['our names deleted', 'delete globalThis.print; delete globalThis.context; delete globalThis.llm_query', null],
  ['the context', 'try { context.length = 0 } catch {} try { context[0] = "x" } catch {} documents[0] && Object.isFrozen(documents)', null],
  ['Reflect, JSON, Math', 'const own = Object.getOwnPropertyNames; for (const o of [Reflect, JSON, Math, Number, Date, Object]) for (const k of own(o)) try { o[k] = null } catch {}', null],
  ['iteration', 'Array.prototype[Symbol.iterator] = String.prototype[Symbol.iterator] = Map.prototype[Symbol.iterator] = null', null],
]);

const ESCAPE = group('escape', [
  ['constructor of a constructor', 'print.constructor.constructor("return typeof self + typeof process + typeof fetch")()', null, /undefinedundefinedundefined/],
  ['what is global', '["fetch", "self", "window", "postMessage", "importScripts", "WebAssembly", "XMLHttpRequest", "indexedDB", "process", "require", "std", "os", "setTimeout"].filter((k) => k in globalThis)', null, /^\[\]\n$/],
  ['import()', 'await import("https://example.com/x.js")', NOT_THERE],
  ['import of a module', 'await import("std")', NOT_THERE],
  ['fetch', 'await fetch("https://example.com")', NOT_THERE],
  ['WebAssembly', 'new WebAssembly.Memory({ initial: 1 })', NOT_THERE],
  ['self', 'self.postMessage("x")', NOT_THERE],
  ['the host by its functions', '[print, llm_query, grep].map((f) => String(f.caller ?? f.arguments ?? ""))', /./],
  ['the host by a stack', 'new Error("x").stack.includes("file:") || new Error("x").stack.includes("http")', null, /false/],
]);

export const ATTACKS: readonly Attack[] = [
  ...LOOPS,
  ...RECURSION,
  ...MEMORY_BOMBS,
  ...NATIVES,
  ...VALUES,
  ...TAMPERING,
  ...ESCAPE,
];
