import { isOutOfMemory, lineIn, OUT_OF_MEMORY, THROWN_NOTHING, toCellError } from './cell-error.ts';
import { GuestMemoryError } from './guest-text.ts';
import { SEARCH_TIMES } from './host-work.ts';
import { transformCell } from './transform.ts';
import type { GuestError } from './cell-error.ts';
import type {
  Cell,
  CellOutcome,
  FinalValue,
  GuestQuery,
  NamedText,
  QueryReply,
  ReplHost,
} from './port.ts';
import type { CellError } from '../trajectory/events.ts';
import type { VariableChange } from '../trajectory/run-state.ts';
import type { QuickJSHandle } from './quickjs.ts';
import type { Guest, ResultSlot } from './guest/prelude.ts';
import type { Ran, Vm } from './vm.ts';

/** What the guest hands over at the end of a cell. */
interface Report {
  readonly failure: GuestError | null;
  /** What it has done to the built-ins that cannot be undone; '' for nothing. */
  readonly spoiled: string;
  readonly via: FinalValue['via'] | null;
}

const NO_REPORT: Report = { failure: null, spoiled: '', via: null };
/** Milliseconds to read a final value at the least: 100,000 rows as JSON take one to two seconds. */
const FINAL_MS = 5000;
/** Milliseconds to read what the run can do without. */
const EXTRA_MS = 500;
/** Characters of one cell's output. */
const MOST_PRINTED = 50_000_000;
const PRINTED_ENOUGH =
  '[this cell has printed 50,000,000 characters: what it prints after them is dropped. Print less, and to the point]\n';

/** One cell from its first line to the last reply it asked for. */
export class CellRun {
  readonly #vm: Vm;
  readonly #cell: Cell;
  readonly #host: ReplHost;
  /** Name of the cell in stacks: tells its lines from those of earlier cells. */
  readonly #file: string;
  readonly #memoryBytes: number;
  readonly #replies: { readonly id: number; readonly reply: QueryReply }[] = [];
  /** Calls without a reply delivered to the guest. */
  #pending = 0;
  /** Characters. */
  #printed = 0;
  #wake: (() => void) | null = null;
  #texts: NamedText[] = [];
  #error: CellError | null = null;
  #limit: CellOutcome['limit'];
  /** The cell was stopped: replies still to come are waited for, and go nowhere. */
  #stopped = false;
  #results: Partial<Record<ResultSlot, string>> = {};

  constructor(vm: Vm, cell: Cell, host: ReplHost, file: string, memoryBytes: number) {
    this.#vm = vm;
    this.#cell = cell;
    this.#host = host;
    this.#file = file;
    this.#memoryBytes = memoryBytes;
  }

  /** @throws ReplError when the REPL was lost; the abort reason on abort. */
  async finish(signal: AbortSignal): Promise<CellOutcome> {
    const vm = this.#vm;
    let waitMs = 0;
    vm.startCell(this.#cell, (cpuMs) => this.#host.searching?.(cpuMs));
    const { budget, now, seed } = this.#cell;
    this.#own('prepare', [JSON.stringify(budget), now, seed]);
    const script = transformCell(this.#cell.code);
    const started = vm.evaluate(script.code, this.#file, this.#left());
    const promise = started.kind === 'returned' ? started.value : null;
    let over = promise === null;
    if (started.kind !== 'returned') this.#failed(started, script.hint);

    for (;;) {
      const drained = vm.drain(this.#left());
      if (drained.kind === 'interrupted') over = true;
      if (drained.kind !== 'returned') this.#failed(drained, null);
      if (!over && promise) {
        over = this.#settled(promise, script.echoes);
        if (over) continue;
      }
      if (this.#pending > 0) {
        const from = performance.now();
        this.#host.waiting?.(vm.cpuMs);
        await this.#nextReply(signal);
        waitMs += performance.now() - from;
        this.#deliver();
        continue;
      }
      if (!over) {
        over = true;
        // A job that failed has taken its promise with it, and is the better reason.
        this.#error ??= {
          name: 'Error',
          message: 'the cell awaits a promise that nothing will settle (there are no timers here)',
        };
        this.#own('ended', [false]);
        continue;
      }
      const waiting = vm.call('waiting', []);
      const left = waiting.kind === 'returned' ? vm.number(waiting.value) : 0;
      vm.free(waiting);
      if (left > 0 && !this.#stopped) this.#own('giveUp', []);
      break;
    }
    promise?.dispose();
    return this.#outcome(waitMs);
  }

  /** Hands on what the cell prints, as much of it as a log should hold. */
  print(text: string): void {
    if (this.#printed > MOST_PRINTED) return;
    this.#printed += text.length;
    if (this.#printed <= MOST_PRINTED) this.#host.print(text);
    else this.#host.print(PRINTED_ENOUGH);
  }

  llm(id: number, prompt: string, model: string, batch: number, stack: string): void {
    this.#ask(id, {
      kind: 'llm',
      prompt,
      model: model === '' ? null : model,
      line: lineIn(stack, this.#file),
      batch: batch < 0 ? null : batch,
    });
  }

  /** Adds a text to the context of the `rlm` call that follows. */
  addText(text: NamedText): void {
    this.#texts.push(text);
  }

  rlm(id: number, question: string, shape: 'own' | 'single' | 'several', stack: string): void {
    const texts = this.#texts;
    this.#texts = [];
    this.#ask(id, {
      kind: 'rlm',
      question,
      context: shape === 'own' ? null : { kind: 'texts', single: shape === 'single', texts },
      line: lineIn(stack, this.#file),
    });
  }

  result(slot: ResultSlot, text: string): void {
    this.#results[slot] = text;
  }

  /** CPU milliseconds the cell may still use. */
  #left(): number {
    return this.#cell.cpuMs - this.#vm.cpuMs;
  }

  #ask(id: number, query: GuestQuery) {
    this.#pending += 1;
    this.#host.query(query).then(
      (reply) => this.#arrived(id, reply),
      (reason: unknown) => {
        const message = reason instanceof Error ? reason.message : String(reason);
        const { budget, now } = this.#cell;
        this.#arrived(id, { ok: false, message, budget, now });
      },
    );
  }

  #arrived(id: number, reply: QueryReply) {
    this.#replies.push({ id, reply });
    this.#wake?.();
  }

  /** Resolves when at least one reply is in; rejects on abort. */
  #nextReply(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      if (signal.aborted) return abort();
      const done = () => {
        this.#wake = null;
        signal.removeEventListener('abort', abort);
        resolve();
      };
      if (this.#replies.length > 0) return done();
      this.#wake = done;
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  /**
   * Hands the guest one reply. All that it sets going runs before the next one, so that the order in
   * which replies came, which the log has, says everything of the order in which the cell went on.
   */
  #deliver() {
    const next = this.#replies.shift();
    if (!next) return;
    this.#pending -= 1;
    if (this.#stopped) return;
    const { id, reply } = next;
    const budget = JSON.stringify(reply.budget);
    try {
      const text = reply.ok ? reply.text : reply.message;
      this.#own('settle', [id, reply.ok, text, budget, reply.now]);
    } catch (error) {
      if (!(error instanceof GuestMemoryError)) throw error;
      this.#own('settle', [id, false, `out of memory: ${error.message}`, budget, reply.now]);
    }
  }

  /** Looks whether the cell's code has come to its end, and takes its value or error. */
  #settled(promise: QuickJSHandle, echoes: boolean): boolean {
    const { state, value } = this.#vm.promiseState(promise);
    if (state === 'pending' || !value) return false;
    if (state === 'fulfilled') {
      this.#own('ended', [echoes, value]);
    } else {
      const ran = this.#vm.call('threw', [value]);
      if (ran.kind === 'returned') {
        const json = this.#vm.string(ran.value);
        if (json !== '') this.#setError(JSON.parse(json) as GuestError, null);
        this.#vm.free(ran);
      } else {
        this.#failed(ran, null);
      }
    }
    value.dispose();
    return true;
  }

  /** Calls our own guest code; what it throws is the cell's error (a value's `toString`, say). */
  #own(name: keyof Guest, args: Parameters<Vm['call']>[1]) {
    const ran = this.#vm.call(name, args, Math.max(1000, this.#left()), true);
    if (ran.kind === 'returned') this.#vm.free(ran);
    else this.#failed(ran, null);
  }

  #failed(ran: Exclude<Ran, { kind: 'returned' }>, hint: string | null) {
    if (ran.kind === 'interrupted') {
      this.#stopped = true;
      this.#limit = 'cellCpu';
      this.#vm.clearJobs();
      const seconds = this.#cell.cpuMs / 1000;
      this.#error ??= {
        name: 'TimeoutError',
        message: this.#vm.searchedTooLong
          ? `the cell was stopped: its searches over files took more than ${seconds * SEARCH_TIMES} s; the variables it set are kept. Search once for several things, and a part of the text`
          : `the cell was stopped after ${seconds} s of computing; the variables it set are kept. Do less in one cell, and search with grep`,
      };
      return;
    }
    const described = this.#vm.call('describe', [ran.error]);
    const json = described.kind === 'returned' ? this.#vm.string(described.value) : null;
    this.#vm.free(described);
    ran.error.dispose();
    this.#setError(
      json === null
        ? { name: 'Error', message: 'what was thrown cannot be read', stack: '' }
        : (JSON.parse(json) as GuestError),
      hint,
    );
  }

  #setError(given: GuestError, hint: string | null) {
    const isOut = THROWN_NOTHING.includes(given.message) && this.#vm.wasRefusedMemory;
    const error = isOut ? OUT_OF_MEMORY : given;
    if (isOutOfMemory(error)) {
      this.#limit = 'replMemory';
      this.#vm.addSpare();
    }
    this.#error ??= toCellError(error, this.#file, { hint, memoryBytes: this.#memoryBytes });
  }

  /**
   * Reads what the cell made, each part on its own: a cell that worked stays so where its variables
   * cannot be read, and its final value has time of its own beyond the CPU limit.
   */
  #outcome(waitMs: number): CellOutcome {
    const ended = this.#read('finish', []);
    const { failure, spoiled, via }: Report =
      this.#results.report === undefined ? NO_REPORT : (JSON.parse(this.#results.report) as Report);
    if (failure) this.#setError(failure, null);
    // With an answer there is no cell that would need what is broken.
    if (spoiled !== '' && via === null) {
      this.#vm.lose(`The REPL was lost: the cell changed what no later cell could do without (${spoiled}).`);
    }
    if (!ended) this.#error ??= { name: 'Error', message: 'how the cell ended cannot be read' };
    if (via !== null && !this.#read('final', [], Math.max(FINAL_MS, this.#left()))) {
      this.#error ??= {
        name: 'Error',
        message: `the value given to ${via} is too large to be read, or is out of reach: make it a shorter text`,
      };
    }
    if (!this.#read('draft', [false], EXTRA_MS)) this.#read('draft', [true], EXTRA_MS);
    // The second look leaves alone what the first could not get past.
    if (!this.#read('variables', [], EXTRA_MS)) this.#read('variables', [], EXTRA_MS);
    const { final, finalJson, draft, variables } = this.#results;
    const text = finalJson ?? final;
    return {
      ok: this.#error === null,
      error: this.#error,
      cpuMs: this.#vm.cpuMs,
      waitMs,
      variables: variables === undefined ? [] : (JSON.parse(variables) as VariableChange[]),
      final:
        via !== null && text !== undefined
          ? { via, text, format: finalJson === undefined ? 'text' : 'json' }
          : null,
      draft: draft ?? null,
      ...(this.#limit ? { limit: this.#limit } : {}),
      ...(this.#vm.stoppedAt === null ? {} : { stoppedAt: this.#vm.stoppedAt }),
    };
  }

  /** @returns false where the value was out of reach, in time or in memory. */
  #read(name: keyof Guest, args: readonly boolean[], limitMs?: number): boolean {
    const ran = this.#vm.call(name, args, limitMs);
    this.#vm.free(ran);
    if (ran.kind === 'interrupted') this.#vm.clearJobs();
    return ran.kind === 'returned';
  }
}
