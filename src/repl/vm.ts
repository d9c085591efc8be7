import { CpuLimit } from './cpu-limit.ts';
import { GuestMemory } from './guest-memory.ts';
import { GuestText } from './guest-text.ts';
import { hostObject } from './host-object.ts';
import { ReplError } from './port.ts';
import { createPrepared } from './prelude-image.ts';
import type { Guest, GuestHost } from './guest/prelude.ts';
import type { Cell } from './port.ts';
import type { PreparedQuickJs } from './prelude-image.ts';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from './quickjs.ts';
import type { Around } from './text-functions.ts';

/** Promises and top-level await in a global script: JS_EVAL_FLAG_ASYNC. */
const ASYNC_SCRIPT = 128;
/**
 * Bytes of QuickJS's own stack check: about 600 plain calls. V8's stack in a worker cannot be
 * raised, and where it runs out first it unwinds past QuickJS and breaks it. Measured in Chromium
 * with code not yet optimised: at 128 KB a recursive getter does that, at 112 KB only nesting that
 * no person writes (JSON, eval, 100,000 deep).
 */
const STACK_BYTES = 112 * 1024;
/** Guest memory is 32-bit, and the engine's own part of it is small. */
const MAX_MEMORY_BYTES = 2000 * 1024 * 1024;
/**
 * Milliseconds that our own guest code may take. A value's proxy traps run in it; so may a collection
 * of garbage, which takes more than a second where a cell holds a million objects.
 */
const OWN_CODE_MS = 5_000;
const JOBS_AT_ONCE = 1000;
/** Milliseconds to clear away what an interrupted cell has queued. */
const CLEAR_MS = 1500;

export interface VmOptions {
  readonly memoryBytes: number;
  readonly wasm: WebAssembly.Module | null;
  /** `notebook` shows values; `string` joins `String(arg)` and echoes nothing, as other REPLs do. */
  readonly printing: 'notebook' | 'string';
}

/** How a stretch of guest code ended: its value, what it threw, or the CPU limit. */
export type Ran =
  | { readonly kind: 'returned'; readonly value: QuickJSHandle }
  | { readonly kind: 'threw'; readonly error: QuickJSHandle }
  | { readonly kind: 'interrupted' };

export type PromiseState = 'pending' | 'fulfilled' | 'rejected';

/**
 * One QuickJS runtime with our prelude: runs guest code under a CPU deadline and tells what became
 * of it. Anything thrown that is not the guest's own exception (the host's stack ran out, the
 * WebAssembly instance trapped) leaves it in an unknown state: it is lost from then on.
 */
export class Vm {
  readonly text: GuestText;
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #guest: Record<keyof Guest, QuickJSHandle>;
  readonly #memory: GuestMemory;
  readonly #memoryBytes: number;
  readonly #limit = new CpuLimit();
  /** A guest function that never ends. */
  readonly #spin: QuickJSHandle;
  #lost: ReplError | null = null;

  /** @throws ReplError when the engine cannot be set up. */
  static async create(options: VmOptions, host: GuestHost): Promise<Vm> {
    const memoryBytes = Math.min(options.memoryBytes, MAX_MEMORY_BYTES);
    const memory = new GuestMemory(memoryBytes);
    const made = await createPrepared(options.wasm, memory.memory);
    return new Vm(made, memory, { ...options, memoryBytes }, host);
  }

  private constructor(
    { runtime, context, prelude }: PreparedQuickJs,
    memory: GuestMemory,
    options: VmOptions,
    host: GuestHost,
  ) {
    this.#runtime = runtime;
    this.#context = context;
    this.#memory = memory;
    this.#memoryBytes = options.memoryBytes;
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setMemoryLimit(this.#memoryBytes);
    runtime.setInterruptHandler(() => {
      const stop = this.#limit.check();
      // With no room for the error that ends it, guest code would catch "out of memory" instead.
      if (stop) this.#memory.reserve();
      return stop;
    });
    this.#spin = context.unwrapResult(context.evalCode('(() => { for (;;); })'));
    const printing = context.newString(options.printing);
    const around: Around = (call) => this.#limit.work.during(call);
    const { search } = host;
    const searching: GuestHost = {
      ...host,
      grep: (request, length) => around(() => host.grep(request, length)),
      ...(search ? { search: (request, length) => around(() => search(request, length)) } : {}),
    };
    const object = hostObject(context, searching, () => this.text, around);
    const guest = context.unwrapResult(
      context.callFunction(prelude, context.undefined, object, printing),
    );
    const names: Record<keyof Guest, null> = {
      give: null,
      begin: null,
      remember: null,
      prepare: null,
      settle: null,
      ended: null,
      threw: null,
      describe: null,
      waiting: null,
      giveUp: null,
      finish: null,
      final: null,
      draft: null,
      variables: null,
      escape: null,
      blank: null,
    };
    this.#guest = Object.fromEntries(
      Object.keys(names).map((name) => [name, context.getProp(guest, name)]),
    ) as Record<keyof Guest, QuickJSHandle>;
    this.text = new GuestText(context, this.#guest);
  }

  /** CPU of the guest since the last `startCell`, milliseconds. */
  get cpuMs(): number {
    return this.#limit.cpuMs;
  }

  /** Interrupt checks until the CPU limit stopped the cell, where it did. */
  get stoppedAt(): number | null {
    return this.#limit.stoppedAt;
  }

  /** True where the cell's searches over files took longer than any should. */
  get searchedTooLong(): boolean {
    return this.#limit.work.over;
  }

  /** @param searching is told the cell's CPU so far when a search over a file goes on for long. */
  startCell(cell: Pick<Cell, 'cpuMs' | 'stopAt'>, searching: (cpuMs: number) => void): void {
    // The engine counts its steps on from its last check: every cell is to begin right after one.
    this.free(
      this.#enter(0, false, () =>
        this.#context.callFunction(this.#spin, this.#context.undefined, []),
      ),
    );
    this.#limit.startCell(cell, searching);
    this.#memory.startCell();
  }

  /** Evaluates a cell; the value is the promise of `{value}`. */
  evaluate(code: string, file: string, limitMs: number): Ran {
    return this.#enter(limitMs, true, () => this.#context.evalCode(code, file, ASYNC_SCRIPT));
  }

  /** Runs what promises have made ready, until nothing is. */
  drain(limitMs: number): Ran {
    return this.#enter(limitMs, true, () => this.#jobs());
  }

  /**
   * After an interrupt: ends what is still queued, for it must not run in the next cell. With no
   * memory to be had, a job that would queue more fails instead.
   */
  clearJobs(): void {
    const until = performance.now() + CLEAR_MS;
    this.#runtime.setMemoryLimit(1);
    while (this.#runtime.hasPendingJob()) {
      if (performance.now() > until) {
        this.lose('The REPL was lost: a cell left more promises than could be cleared away.');
      }
      this.free(this.#enter(0, false, () => this.#jobs()));
    }
    this.#runtime.setMemoryLimit(this.#memoryBytes);
  }

  /**
   * Calls one of our own guest functions with texts, numbers, booleans or handles.
   * @param isCell whether the cell goes on by it, or something of it is only looked at.
   */
  call(
    name: keyof Guest,
    args: readonly (string | number | boolean | QuickJSHandle)[],
    limitMs = OWN_CODE_MS,
    isCell = false,
  ): Ran {
    const context = this.#context;
    const made: QuickJSHandle[] = [];
    const own = (handle: QuickJSHandle) => {
      made.push(handle);
      return handle;
    };
    try {
      // Our own bookkeeping must work where the cell has left no room.
      this.#memory.reserve();
      const handles = args.map((arg) => {
        if (typeof arg === 'string') return own(this.text.write(arg));
        if (typeof arg === 'number') return own(context.newNumber(arg));
        if (typeof arg === 'boolean') return arg ? context.true : context.false;
        return arg;
      });
      return this.#enter(limitMs, isCell, () =>
        context.callFunction(this.#guest[name], context.undefined, handles),
      );
    } finally {
      if (!this.#lost) {
        for (const handle of made) handle.dispose();
        this.#memory.release();
      }
    }
  }

  promiseState(promise: QuickJSHandle): { state: PromiseState; value: QuickJSHandle | null } {
    const found = this.#context.getPromiseState(promise);
    if (found.type === 'fulfilled') return { state: 'fulfilled', value: found.value };
    if (found.type === 'rejected') return { state: 'rejected', value: found.error };
    return { state: 'pending', value: null };
  }

  number(handle: QuickJSHandle): number {
    return this.#context.getNumber(handle);
  }

  /** A string that is known to be plain, such as JSON. */
  string(handle: QuickJSHandle): string {
    return this.#context.getString(handle);
  }

  free(ran: Ran): void {
    if (ran.kind === 'returned') ran.value.dispose();
    else if (ran.kind === 'threw') ran.error.dispose();
  }

  /** True when the cell has wanted more memory than there is. */
  get wasRefusedMemory(): boolean {
    return this.#memory.wasRefused;
  }

  /** The next cell gets some room above the limit, to free what fills the heap. */
  addSpare(): void {
    this.#memory.addSpare();
  }

  /** @throws ReplError always, now and on every later use. */
  lose(message: string): never {
    this.#lost ??= new ReplError(message);
    throw this.#lost;
  }

  #jobs(): { value: QuickJSHandle; error?: undefined } | { error: QuickJSHandle } {
    for (;;) {
      const ran = this.#runtime.executePendingJobs(JOBS_AT_ONCE);
      if (ran.error) return { error: ran.error };
      if (this.#limit.interrupted || !this.#runtime.hasPendingJob()) {
        return { value: this.#context.undefined };
      }
    }
  }

  #enter(
    limitMs: number,
    isCell: boolean,
    run: () => { value: QuickJSHandle; error?: undefined } | { error: QuickJSHandle },
  ): Ran {
    if (this.#lost) throw this.#lost;
    try {
      const result = this.#limit.during(limitMs, isCell, run);
      if (this.#limit.interrupted) {
        (result.error ?? result.value).dispose();
        return { kind: 'interrupted' };
      }
      return result.error
        ? { kind: 'threw', error: result.error }
        : { kind: 'returned', value: result.value };
    } catch (trap) {
      const reason = trap instanceof Error ? trap.message : String(trap);
      return this.lose(
        /call stack/i.test(reason)
          ? 'The REPL was lost: the cell recursed deeper than the engine can unwind.'
          : `The REPL was lost: its engine stopped (${reason}).`,
      );
    }
  }
}
