import { readFileSync } from 'node:fs';
import { figuresTable } from '../bench/figures-table.ts';

/** `node e2e/run.mjs figures FILE`: what `npm run bench` printed, as Markdown tables. */
const file = process.argv[3];
if (file === undefined) {
  process.stderr.write('Usage: node e2e/run.mjs figures FILE, FILE what npm run bench printed\n');
  process.exitCode = 2;
} else {
  process.stdout.write(figuresTable(readFileSync(file, 'utf8')));
}
