import type { ReplContext, ReplSession } from '../repl/port.ts';
import { openSession } from './replay-session.ts';
import { abortable, type Run } from './run.ts';

/** What the guest will find in a context of documents, as far as it is known before it is loaded. */
export function knownShape(run: Run, context: ReplContext): Pick<ReplSession, 'documents' | 'single'> | null {
  if (context.kind === 'texts') return null;
  const documents = context.ids.flatMap((id) => run.request.documents.find((document) => document.id === id) ?? []);
  return { documents, single: documents.length === 1 };
}

/** Characters of a context, without reading it. */
export function contextChars(run: Run, context: ReplContext): number {
  if (context.kind === 'texts') return sum(context.texts.map(({ text }) => text.length));
  const { ids } = context;
  return sum(run.request.documents.filter(({ id }) => ids.includes(id)).map(({ chars }) => chars));
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
    return context.texts.map(({ text }) => text).join('\n\n').slice(0, limit);
  }
  const { cellCpuSeconds, replMemoryMb } = run.request.settings;
  const options = { context, memoryBytes: replMemoryMb * 2 ** 20 };
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
    const host = { print: () => {}, query: () => Promise.reject(new Error('Nothing is asked here.')) };
    const cell = { code, cpuMs: cellCpuSeconds * 1000, budget: run.budget.view(0) };
    // Not `signal`: ending one cell by force may cost the REPLs of other calls their worker.
    const outcome = await abortable(session.run(cell, host, run.signal), signal);
    return outcome.final?.text ?? '';
  } finally {
    session.close();
  }
}
