import { CellRun } from './cell-run.ts';
import { grep } from './grep.ts';
import { GuestMemoryError } from './guest-text.ts';
import { ReplError } from './port.ts';
import { Vm } from './vm.ts';
import type { GrepRequest } from './grep.ts';
import type { GuestHost } from './guest/prelude.ts';
import type { LoadedContext } from './context.ts';
import type { Cell, CellOutcome, ContextDocument, ReplHost, ReplSession } from './port.ts';
import type { VmOptions } from './vm.ts';

export type SessionOptions = VmOptions;

/**
 * One REPL: a QuickJS of its own with the context in it as real strings, and the same texts beside
 * it for searches at the host's speed.
 */
export class Session implements ReplSession {
  readonly documents: readonly ContextDocument[];
  readonly single: boolean;
  readonly #options: SessionOptions;
  #vm: Vm | null;
  #run: CellRun | null = null;
  #cells = 0;

  /** @throws ReplError when the context does not fit. */
  static async open(context: LoadedContext, options: SessionOptions): Promise<Session> {
    let session: Session | null = null;
    const vm = await Vm.create(options, guestHost(context, () => session && session.#run));
    begin(vm, context);
    session = new Session(vm, context, options);
    return session;
  }

  private constructor(vm: Vm, context: LoadedContext, options: SessionOptions) {
    this.#vm = vm;
    this.#options = options;
    this.documents = context.documents;
    this.single = context.single;
  }

  /**
   * Runs one cell. Calls of the cell that nobody awaited are waited for before it ends, so that
   * nothing of a cell happens after it.
   */
  async run(cell: Cell, host: ReplHost, signal: AbortSignal): Promise<CellOutcome> {
    signal.throwIfAborted();
    if (!this.#vm) throw new ReplError('The REPL has been closed.');
    if (this.#run) throw new ReplError('The REPL is running another cell.');
    this.#cells += 1;
    this.#run = new CellRun(this.#vm, cell, host, `cell-${this.#cells}.js`, this.#options.memoryBytes);
    try {
      return await this.#run.finish(signal);
    } catch (error) {
      // A cell that was left in the middle leaves guest code waiting: this REPL is over.
      this.#vm = null;
      throw error;
    } finally {
      this.#run = null;
    }
  }

  close(): void {
    this.#vm = null;
  }
}

function begin(vm: Vm, { single, texts, documents }: LoadedContext) {
  try {
    const first = texts[0];
    const value = single && first !== undefined ? vm.text.write(first) : vm.writeArray(texts);
    const ran = vm.call('begin', [value, JSON.stringify(documents), JSON.stringify(documents.map((_, index) => index))]);
    value.dispose();
    if (ran.kind !== 'returned') throw new ReplError('The REPL could not be set up.');
    vm.free(ran);
  } catch (error) {
    if (!(error instanceof GuestMemoryError)) throw error;
    const chars = texts.reduce((sum, text) => sum + text.length, 0);
    throw new ReplError(
      `The context of ${chars.toLocaleString('en')} characters does not fit into the REPL's memory: allow it more in Settings.`,
    );
  }
}

/** What guest code reaches of us: the running cell, and search over the context. */
function guestHost(context: LoadedContext, running: () => CellRun | null): GuestHost {
  const names = context.documents.map(({ name }) => name);
  return {
    print: (text) => running()?.print(text),
    llm: (id, prompt, _length, model, batch, stack) =>
      running()?.llm(id, prompt, model, batch, stack),
    text: (name, text) => running()?.addText({ name, text }),
    textRange: () => {},
    rlm: (id, question, _length, shape, stack) => running()?.rlm(id, question, shape, stack),
    result: (slot, text) => running()?.result(slot, text),
    grep(json) {
      try {
        // Written by our own guest code, field for field.
        const request = JSON.parse(json) as GrepRequest;
        return JSON.stringify({ matches: grep(context.texts, names, request) });
      } catch (error) {
        return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}
