import { guestBytes, realTexts } from '../repl/port.ts';
import type { NamedText, ReplContext, ReplSession } from '../repl/port.ts';
import type { DocumentInfo } from '../trajectory/events.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import { runReadingCell } from './reading.ts';
import { openSession } from './replay-session.ts';
import type { Run } from './run.ts';

/** What the guest will find in a context of documents, as far as it is known before it is loaded. */
export function knownShape(run: Run, context: ReplContext): Pick<ReplSession, 'documents' | 'single'> | null {
  if (context.kind === 'texts') return null;
  const { documents, settings } = run.request;
  return shapeOf(context.ids.flatMap((id) => documents.find((document) => document.id === id) ?? []), settings);
}

/** What the guest of a run with these settings will find in a context of these documents. */
export function shapeOf(documents: readonly DocumentInfo[], settings: RunSettings): Pick<ReplSession, 'documents' | 'single'> {
  const real = realTexts(documents.map(guestBytes), memoryOf(settings));
  return {
    documents: documents.map((document, index) =>
      real[index] === true ? document : { ...document, lazy: true },
    ),
    single: documents.length === 1,
  };
}

/** Bytes of a REPL's heap. */
function memoryOf({ replMemoryMb }: RunSettings): number {
  return replMemoryMb * 2 ** 20;
}

/** Characters of a context, without reading it. */
export function contextChars(run: Run, context: ReplContext): number {
  if (context.kind === 'texts') return sum(context.texts.map(lengthOf));
  const { ids } = context;
  return sum(run.request.documents.filter(({ id }) => ids.includes(id)).map(({ chars }) => chars));
}

function lengthOf(text: NamedText): number {
  return 'text' in text ? text.text.length : text.to - text.from;
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

/**
 * The first `limit` characters of a context, texts parted by an empty line. The engine holds no
 * document text, so documents are read by a REPL of their own; texts that a guest made are at hand.
 * @throws ReplError when the context cannot be loaded; the abort reason of `signal`.
 */
export async function readContext(
  run: Run,
  context: ReplContext,
  limit: number,
  signal: AbortSignal,
): Promise<string> {
  if (context.kind === 'texts') {
    const made = context.texts.flatMap((text) => ('text' in text ? [text.text] : []));
    if (made.length === context.texts.length) return made.join('\n\n').slice(0, limit);
  }
  const options = { context: startOf(context, limit), memoryBytes: memoryOf(run.request.settings) };
  const session = await openSession(run.ports.repl, options, run.signal, signal);
  try {
    const code = `{
  const parts = [];
  let room = ${limit};
  for (const text of Array.isArray(context) ? context : [context]) {
    if (room <= 0) break;
    const part = text.slice(0, room);
    parts.push(part);
    room -= part.length + 2;
  }
  FINAL(parts.join('\\n\\n'));
}`;
    const outcome = await runReadingCell(run, session, code, signal);
    return outcome.final?.text ?? '';
  } finally {
    session.close();
  }
}

/** Of texts given to a child, so much as the first `limit` characters need. */
function startOf(context: ReplContext, limit: number): ReplContext {
  if (context.kind === 'documents') return context;
  const texts = context.texts.map((text) =>
    'text' in text ? text : { ...text, to: Math.min(text.to, text.from + limit) },
  );
  return { ...context, texts };
}
