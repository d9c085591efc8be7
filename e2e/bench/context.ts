import { BENCHES, type BenchArguments, type ContextPart } from '../bench-arguments.ts';
import { childrenPart } from './context-children.ts';
import { memoryPart } from './context-memory.ts';
import type { ContextBench } from './context-part.ts';
import { readingPart } from './context-reading.ts';
import { rebuildPart } from './context-rebuild.ts';
import { lazyPart, searchPart } from './context-search.ts';
import { smallPart } from './context-small.ts';
import type { Report } from './figure.ts';
import { withFolder } from './with-folder.ts';

const PARTS: Readonly<Record<ContextPart, (bench: ContextBench) => Promise<void>>> = {
  reading: readingPart,
  memory: memoryPart,
  search: searchPart,
  small: smallPart,
  lazy: lazyPart,
  children: childrenPart,
  rebuild: rebuildPart,
};

/**
 * Contexts of any size: reading, memory, searches, child REPLs and rebuilding, in the built app,
 * with V8's own figures beside them. A part that fails is told on stderr, and the others go on.
 * @returns true where all parts were measured.
 */
export async function contextBench(appUrl: string, report: Report, { size, only }: BenchArguments): Promise<boolean> {
  let whole = true;
  for (const part of BENCHES.context) {
    if (only !== null && only !== part) continue;
    try {
      await withFolder((folder) => PARTS[part]({ appUrl, report, folder, size }));
    } catch (error) {
      whole = false;
      process.stderr.write(`context, ${part}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return whole;
}
