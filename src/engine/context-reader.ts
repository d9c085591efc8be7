import { ReplError, type ReplSession } from '../repl/port.ts';
import { readDespiteLosses, runReadingCell } from './reading.ts';
import { openSession } from './replay-session.ts';
import type { Run } from './run.ts';

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

/** The engine holds no document text: a REPL of its own reads, opened when it is needed. */
export function createContextReader(run: Run, signal: AbortSignal): ContextReader {
  const { documents, settings } = run.request;
  const memoryBytes = settings.replMemoryMb * 2 ** 20;
  const context = { kind: 'documents', ids: documents.map(({ id }) => id) } as const;
  let session: ReplSession | null = null;

  const drop = () => {
    session?.close();
    session = null;
  };

  const readPiece = async ({ document, from, to }: TextRange): Promise<string> => {
    try {
      session ??= await openSession(run.ports.repl, { context, memoryBytes }, run.signal, signal);
      const text = session.single ? 'context' : `context[${document}]`;
      const { final, error } = await runReadingCell(run, session, `FINAL(${text}.slice(${from}, ${to}));`, signal);
      if (final) return final.text;
      throw new ReplError(`A document could not be read: ${error?.message ?? 'nothing came back'}.`);
    } catch (error) {
      drop();
      throw error;
    }
  };

  return {
    async read(ranges) {
      const texts: string[] = [];
      for (const { document, from, to } of ranges) {
        const pieces: string[] = [];
        for (let at = from; at < to; at += MOST_AT_ONCE) {
          const piece = { document, from: at, to: Math.min(to, at + MOST_AT_ONCE) };
          pieces.push(await readDespiteLosses(() => readPiece(piece), signal));
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
