// Runs one of our TypeScript commands on plain Node: `node e2e/run.mjs NAME argument…`.
// Vite, which we have anyway, compiles it on the way in, so no other tool is needed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const name = process.argv[2];
const file = fileURLToPath(new URL(`./commands/${name}.ts`, import.meta.url));
if (!name || !existsSync(file)) {
  process.stderr.write('Usage: node e2e/run.mjs NAME argument…, NAME a file of e2e/commands\n');
  process.exit(2);
}
await runnerImport(file, { root: fileURLToPath(new URL('..', import.meta.url)) });
