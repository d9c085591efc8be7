import { CellRun } from './cell-run.ts';
import { DEFAULT_LIMIT, countMatches, grep } from './grep.ts';
import { GuestMemoryError } from './guest-text.ts';
import { Origins } from './origins.ts';
import { ReplError } from './port.ts';
import { remember } from './remember.ts';
import { Vm } from './vm.ts';
import type { GrepRequest } from './grep.ts';
import type { GuestHost } from './guest/prelude.ts';
import type { LoadedContext } from './context.ts';
import type { Cell, CellOutcome, ContextDocument, Exchange, NamedText, ReplHost, ReplSession } from './port.ts';
import type { ChunkSearch, SearchRequest } from './search/chunk-search.ts';
import type { HostText } from './texts/host-text.ts';
import type { VmOptions } from './vm.ts';

export interface SessionOptions extends VmOptions {
  /** Makes the guest's `search`; without it there is none. */
  readonly search?: (texts: readonly HostText[], names: readonly string[]) => ChunkSearch;
}

/**
 * One REPL: a QuickJS of its own with the context in it, small texts as strings and large ones lazy,
 * and the same texts beside it for searches at the host's speed.
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
    const origins = new Origins(context.texts);
    const names = context.documents.map(({ name }) => name);
    const search = options.search?.(context.texts, names) ?? null;
    const host = guestHost(context, names, origins, search, () => session);
    const vm = await Vm.create(options, host);
    vm.text.subjects.onSlice = (slice) => origins.note(slice);
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

  /** The cell that is running. */
  get running(): CellRun | null {
    return this.#run;
  }

  /** A text that only the host holds. @throws RangeError when no text has that number. */
  textAt(ref: number): HostText | null {
    return this.#vm?.text.subjects.get(ref) ?? null;
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

  async remember(exchange: Exchange): Promise<void> {
    if (!this.#vm) throw new ReplError('The REPL has been closed.');
    if (this.#run) throw new ReplError('The REPL is running a cell.');
    remember(this.#vm, exchange, this.#options.memoryBytes);
  }

  close(): void {
    this.#vm = null;
  }
}

/** Gives the guest its texts: those that are not lazy as strings of its own. */
function begin(vm: Vm, { single, texts, documents }: LoadedContext) {
  try {
    texts.forEach((text, index) => give(vm, text, documents[index]?.lazy === true));
    // How a text is laid out is for the model's first message.
    const told = documents.map(({ shape: _, ...document }) => document);
    const ran = vm.call('begin', [single, JSON.stringify(told)]);
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

function give(vm: Vm, text: HostText, lazy: boolean) {
  const ref = vm.text.subjects.add(text);
  if (lazy) {
    vm.free(vm.call('give', [ref, text.length]));
    return;
  }
  const handle = vm.text.write(text.whole ?? text.slice(0, text.length));
  vm.text.subjects.know(handle, text);
  vm.free(vm.call('give', [ref, handle]));
  handle.dispose();
}

/** What guest code reaches of us: the running cell, and search over the context. */
function guestHost(
  context: LoadedContext,
  names: readonly string[],
  origins: Origins,
  search: ChunkSearch | null,
  session: () => Session | null,
): GuestHost {
  const running = () => session()?.running;
  return {
    print: (text) => running()?.print(text),
    llm: (id, prompt, _length, model, batch, stack) =>
      running()?.llm(id, prompt, model, batch, stack),
    text: (name, text) => {
      const origin = origins.find(text);
      running()?.addText(origin ? { name, ...origin } : { name, text });
    },
    textRange: (name, ref, from, to) => {
      const text = session()?.textAt(ref)?.range(from, to);
      if (text) running()?.addText(named(name, text));
    },
    rlm: (id, question, _length, shape, stack) => running()?.rlm(id, question, shape, stack),
    result: (slot, text) => running()?.result(slot, text),
    grep: (json) =>
      answered(() => {
        // Written by our own guest code, field for field.
        const request = JSON.parse(json) as GrepRequest;
        if (request.count) return { matches: countMatches(context.texts, names, request) };
        const matches = grep(context.texts, names, request);
        const isCut = request.limit === null && matches.length === DEFAULT_LIMIT;
        return { matches, ...(isCut ? { stoppedAt: DEFAULT_LIMIT } : {}) };
      }),
    ...(search && { search: (json) => answered(() => ({ found: search(JSON.parse(json) as SearchRequest) })) }),
  };
}

/** What the host found, or why it could not, as JSON. */
function answered(find: () => object): string {
  try {
    return JSON.stringify(find());
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** A range of a document goes as such; a text that a guest made goes whole. */
function named(name: string, text: HostText): NamedText {
  const { origin, length } = text;
  return origin
    ? { name, document: origin.document, from: origin.from, to: origin.from + length }
    : { name, text: text.slice(0, length) };
}
