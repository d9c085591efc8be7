import { stringText } from './texts/string-text.ts';
import { Session } from './session.ts';
import type { LoadedContext } from './context.ts';
import type { BudgetView } from './port.ts';
import type { SessionOptions } from './session.ts';

/** What models write first; it goes through all that any cell does. */
const CODE = 'const part = context.slice(context.length >> 1, (context.length >> 1) + 200);\nprint(part.length);';
const CPU_MS = 1000;
const BUDGET: BudgetView = { calls: 0, tokens: null, usd: null, turns: 1, seconds: 1 };

/**
 * Runs a cell in a REPL that is thrown away, so that the first real one finds its code compiled, the
 * engine's too, and the file opened: a first cell else takes several times as long as the second.
 * Nothing of it can be seen, and what fails in it will be told by a cell that somebody wrote.
 */
export async function warmUp({ texts }: LoadedContext, options: SessionOptions): Promise<void> {
  const text = texts.find(({ whole }) => whole === null) ?? texts[0] ?? stringText('');
  const document = { name: '', kind: 'text', chars: text.length, lines: 1, lazy: true } as const;
  try {
    const session = await Session.open({ single: true, documents: [document], texts: [text] }, options);
    await session.run(
      { code: CODE, cpuMs: CPU_MS, budget: BUDGET, now: 0, seed: 0 },
      { print: () => {}, query: () => Promise.reject(new Error('Nothing is asked here.')) },
      new AbortController().signal,
    );
  } catch {
    // A file that has gone, or no memory: the next to need it says so.
  }
}
