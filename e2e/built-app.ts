import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { freePort } from './free-port.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

export interface ServedApp {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built app on a free port of 127.0.0.1, building it first where `dist` is missing or
 * older than its sources. Says nothing on stdout.
 */
export async function serveBuiltApp(): Promise<ServedApp> {
  if (!isFresh()) build();
  const port = await freePort();
  const server = await preview({ root: ROOT, logLevel: 'silent', preview: { port, host: '127.0.0.1' } });
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

function isFresh(): boolean {
  const built = join(ROOT, 'dist/index.html');
  return existsSync(built) && SOURCES.every((source) => newest(join(ROOT, source)) <= statSync(built).mtimeMs);
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function build(): void {
  process.stderr.write('Building the app…\n');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  // stdout belongs to the command that needs the build.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    // What runs these commands sets it to `development`, and React would be several times as slow.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error('The app could not be built: see above.');
}
