import { UsageError } from '../ask-arguments.ts';
import { BENCH_USAGE, readBenchArguments, type BenchArguments, type BenchName } from '../bench-arguments.ts';
import { contextBench } from '../bench/context.ts';
import { documentsBench } from '../bench/documents.ts';
import { engineBench } from '../bench/engine.ts';
import { hostileBench } from '../bench/hostile.ts';
import type { Report } from '../bench/figure.ts';
import { serveBuiltApp } from '../built-app.ts';

/**
 * `npm run bench [-- NAME]`: benchmarks on the built app in Chromium, one JSON line per figure.
 * Exit code 1 where something could not be measured, 2 for arguments that make no sense.
 */
type Bench = (appUrl: string, report: Report, parsed: BenchArguments) => Promise<boolean | void>;

const BENCHES: Readonly<Record<BenchName, Bench>> = {
  engine: engineBench,
  context: contextBench,
  hostile: hostileBench,
  documents: documentsBench,
};

async function main(): Promise<number> {
  let parsed: BenchArguments;
  try {
    parsed = readBenchArguments(process.argv.slice(3));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${BENCH_USAGE}`);
    return 2;
  }
  const served = await serveBuiltApp();
  let whole = true;
  try {
    for (const name of parsed.names) {
      const measured = await BENCHES[name](served.url, (figure) => console.log(JSON.stringify(figure)), parsed);
      if (measured === false) whole = false;
    }
  } finally {
    await served.close();
  }
  return whole ? 0 : 1;
}

process.exitCode = await main();
