import { ReplError, type ReplSession } from '../repl/port.ts';
import { openSession } from './replay-session.ts';
import { abortable, type Run } from './run.ts';

/** A stretch of one of the run's documents: UTF-16 code units [from, to) of its text. */
export interface TextRange {
  /** Index of the document in drop order. */
  readonly document: number;
  readonly from: number;
  readonly to: number;
}

/** Reads the texts of the run's documents for methods that put them into prompts. */
export interface ContextReader {
  /**
   * The texts of `ranges`, without half a pair of surrogates at either end.
   * @throws ReplError when the documents cannot be read; the abort reason.
   */
  read(ranges: readonly TextRange[]): Promise<string[]>;
  close(): void;
}

/** Characters that one cell hands over at most. */
const MOST_AT_ONCE = 4_000_000;
/** Times that another session may take the reading one's worker along. */
const MOST_LOSSES = 8;

/** The engine holds no document text: a REPL of its own reads, opened when it is needed. */
export function createContextReader(run: Run, signal: AbortSignal): ContextReader {
  const { documents, settings } = run.request;
  const memoryBytes = settings.replMemoryMb * 2 ** 20;
  const context = { kind: 'documents', ids: documents.map(({ id }) => id) } as const;
  let session: ReplSession | null = null;
  let losses = 0;

  const drop = () => {
    session?.close();
    session = null;
  };

  /** Reading leaves nothing behind: what was lost with its worker is read in another. */
  const inSession = async <T>(work: (session: ReplSession) => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        session ??= await openSession(run.ports.repl, { context, memoryBytes }, run.signal, signal);
        return await work(session);
      } catch (error) {
        drop();
        if (!(error instanceof ReplError) || error.fault === 'this' || ++losses > MOST_LOSSES) throw error;
        signal.throwIfAborted();
      }
    }
  };

  const readPiece = ({ document, from, to }: TextRange): Promise<string> =>
    inSession(async (open) => {
      const text = open.single ? 'context' : `context[${document}]`;
      const code = `FINAL(${text}.slice(${from}, ${to}));`;
      const host = { print: () => {}, query: () => Promise.reject(new Error('Nothing is asked here.')) };
      const cell = { code, cpuMs: settings.cellCpuSeconds * 1000, budget: run.budget.view(0), now: 0, seed: 0 };
      // Not `signal`: ending one cell by force may cost the REPLs of other calls their worker.
      const { final, error } = await abortable(open.run(cell, host, run.signal), signal);
      if (final) return final.text;
      throw new ReplError(`A document could not be read: ${error?.message ?? 'nothing came back'}.`);
    });

  return {
    async read(ranges) {
      const texts: string[] = [];
      for (const { document, from, to } of ranges) {
        const pieces: string[] = [];
        for (let at = from; at < to; at += MOST_AT_ONCE) {
          pieces.push(await readPiece({ document, from: at, to: Math.min(to, at + MOST_AT_ONCE) }));
        }
        texts.push(wholeCharacters(pieces.join('')));
      }
      return texts;
    },
    close: drop,
  };
}

function wholeCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '');
}
