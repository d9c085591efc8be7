import { engineBench } from '../bench/engine.ts';
import type { Figure } from '../bench/figure.ts';
import { serveBuiltApp } from '../built-app.ts';

/** `npm run bench [-- NAME]`: benchmarks on the built app in Chromium, one JSON line per figure. */
const BENCHES: Readonly<Record<string, (appUrl: string, report: (figure: Figure) => void) => Promise<void>>> = {
  engine: engineBench,
};

const wanted = process.argv[3];
const names = wanted === undefined ? Object.keys(BENCHES) : [wanted];
if (names.some((name) => !Object.hasOwn(BENCHES, name))) {
  process.stderr.write(`There is no benchmark ${wanted}. There are: ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const served = await serveBuiltApp();
  try {
    for (const name of names) {
      await BENCHES[name]?.(served.url, (figure) => console.log(JSON.stringify(figure)));
    }
  } finally {
    await served.close();
  }
}
