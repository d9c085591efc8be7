import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { cellRuns, openBenchApp } from './context-app.ts';
import type { ContextBench } from './context-part.ts';
import { figuresOf } from './figure.ts';

const figure = figuresOf('context');
const CALLS = 100_000;
const ROUNDS = 5;
/** Cells of a round: neither side always comes first. */
const ORDER = ['rewritten', 'unchanged', 'unchanged', 'rewritten'] as const;

/** A call on a short string `text`, as models write them in loops; each is a number. */
const CALLS_ON_SHORT_STRINGS: Readonly<Record<string, string>> = {
  indexOf: "text.indexOf('error')",
  includes: "(text.includes('12') ? 1 : 0)",
  'match with a group': '(text.match(/at (\\d+)/) || []).length',
  search: 'text.search(/error/)',
  split: "text.split(',').length",
  'exec, no match': '(/fatal/.exec(text) ? 1 : 0)',
};

/**
 * Short strings, many times: cells as they are run (their calls rewritten) against the same code in
 * the same QuickJS without a change, which is what code given to `eval` is.
 */
export async function smallPart({ appUrl, report, folder }: ContextBench): Promise<void> {
  const path = `${folder}/small.txt`;
  writeFileSync(path, 'A short text.\n');
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const app = await openBenchApp(browser, appUrl);
    await app.open(path);
    for (const [name, call] of Object.entries(CALLS_ON_SHORT_STRINGS)) {
      const code = `(() => {
  const texts = Array.from({ length: 100 }, (_, n) => 'line ' + n + ', error at ' + n * 7);
  let sum = 0;
  for (let n = 0; n < ${CALLS}; n++) {
    const text = texts[n % 100];
    sum += ${call};
  }
  return sum;
})()`;
      const cellOf = { rewritten: `print(${code});`, unchanged: `print((0, eval)(${JSON.stringify(code)}));` };
      const sides = Array.from({ length: ROUNDS }, () => ORDER).flat();
      const cells = cellRuns(await app.run(sides.map((side) => cellOf[side]))).slice(0, sides.length);
      const printed = new Set(cells.map((cell) => cell.error ?? cell.printed));
      if (printed.size !== 1) throw new Error(`small ${name}: not all the same: ${[...printed].join(', ')}`);
      // The quickest: what else the machine does only ever adds.
      const quickest = (wanted: (typeof ORDER)[number]) =>
        Math.min(...cells.flatMap(({ cpuMs }, n) => (sides[n] === wanted ? [cpuMs] : [])));
      report(figure(`${CALLS} short strings: ${name}`, quickest('rewritten'), 'ms', quickest('unchanged')));
    }
    await app.close();
  } finally {
    await browser.close();
  }
}
