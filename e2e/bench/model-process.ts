import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ServerStats } from '../model-server/types.ts';
import type { EngineMode } from './engine-script.ts';

export interface ModelProcess {
  /** Base URL, ending in `/v1`. */
  readonly url: string;
  stats(): Promise<ServerStats>;
  close(): void;
}

/** Starts the scripted model server in a process of its own, so that it shares no thread with us. */
export async function startModelProcess(mode: EngineMode, protocol: 'h1' | 'h2' = 'h1'): Promise<ModelProcess> {
  const run = fileURLToPath(new URL('../run.mjs', import.meta.url));
  const child = spawn(process.execPath, [run, 'scripted-server', mode, protocol], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const { done, value } = await lines.next();
    if (done) throw new Error('The scripted model server ended before it answered.');
    return JSON.parse(value);
  };
  const { url } = (await read()) as { url: string };
  return {
    url,
    stats: async () => {
      child.stdin.write('\n');
      return (await read()) as ServerStats;
    },
    close: () => child.stdin.end(),
  };
}
