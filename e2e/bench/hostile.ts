import { chromium, type Browser, type Page } from '@playwright/test';
import { ATTACKS, type Attack } from '../../src/repl/testing/attacks.ts';
import type { RunSettings } from '../../src/trajectory/settings.ts';
import { App } from '../app.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { startModelServer } from '../model-server/model-server.ts';
import { cellReply } from '../model-server/script.ts';
import { file, haystack } from '../texts.ts';
import { meterBlocks, takeBlocks, timeToStop, untilCell } from './block-meter.ts';
import { figuresOf, type Report } from './figure.ts';

const MOST_TO_STOP_MS = 1000;
/** An attack is well under way after that long. */
const UNDER_WAY_MS = 300;
const RUN_TIMEOUT_MS = 240_000;
/** Attacks in one run that may cost its call the whole worker: a call gives up after more. */
const MOST_LOSSES = 3;
const MOST_TOGETHER = 30;

const KEEP = 'var kept = "kept";';
const LOOK = 'print("still", kept, context.length > 0);';
const SEEN = 'still kept true';
/** In an idle run's cells in place of the attacks. */
const NOTHING = 'print("nothing");';

const figure = figuresOf('hostile');

/** What is allowed to a cell, by the kind of attack: little where an attack uses all it gets. */
const SETTINGS: Readonly<Record<Attack['group'], Partial<RunSettings>>> = {
  loops: { cellCpuSeconds: 1 },
  recursion: { cellCpuSeconds: 2 },
  memory: { cellCpuSeconds: 20, replMemoryMb: 64 },
  natives: { cellCpuSeconds: 1 },
  values: { cellCpuSeconds: 4 },
  tampering: {},
  escape: {},
};
const GROUPS: readonly Attack['group'][] = ['loops', 'recursion', 'memory', 'natives', 'values', 'tampering', 'escape'];

/**
 * The attacks of the hostile table, each in a cell of its own with one after it that looks: how long
 * the page's main thread was blocked in the meantime, beside an idle run of as many cells in the same
 * page, and whether what was there before is still there. Then the endless ones, each stopped.
 */
export async function hostileBench(appUrl: string, report: Report): Promise<void> {
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const all: Attacked[] = [];
    for (const group of GROUPS) {
      const attacked = await attackGroup(browser, appUrl, group);
      for (const { name, blockedMs, idleMs, wentOn } of attacked) {
        report(figure(`${group}, ${name}: page blocked`, blockedMs, 'ms', idleMs));
        report(figure(`${group}, ${name}: went on`, wentOn ? 1 : 0, 'runs', 1));
      }
      all.push(...attacked);
    }
    const blocked = Math.max(...all.map(({ blockedMs }) => blockedMs));
    report(figure('all: page blocked at most', blocked, 'ms', Math.max(...all.map(({ idleMs }) => idleMs))));
    report(figure('all: went on', all.filter(({ wentOn }) => wentOn).length, 'runs', ATTACKS.length));
    await stopAll(browser, appUrl, report);
  } finally {
    await browser.close();
  }
}

interface Attacked {
  readonly name: string;
  readonly blockedMs: number;
  /** Longest block in the idle run of the same shape. */
  readonly idleMs: number;
  readonly wentOn: boolean;
}

async function attackGroup(browser: Browser, appUrl: string, group: Attack['group']): Promise<Attacked[]> {
  const attacks = ATTACKS.filter((attack) => attack.group === group);
  const most = group === 'recursion' || group === 'natives' ? MOST_LOSSES : MOST_TOGETHER;
  const bench = await open(browser, appUrl, SETTINGS[group]);
  const idle = await bench.run(cellsOf(attacks.slice(0, most).map(() => NOTHING)));
  const done: Attacked[] = [];
  for (let from = 0; from < attacks.length; from += most) {
    const some = attacks.slice(from, from + most);
    const { blocks, printed } = await bench.run(cellsOf(some.map(({ code }) => code)));
    some.forEach(({ name }, n) => {
      const cells = [blocks.get(`0:${2 + 2 * n}`), blocks.get(`0:${3 + 2 * n}`)];
      const blockedMs = Math.max(...cells.map((ms) => ms ?? NaN));
      const wentOn = printed.get(`0:${3 + 2 * n}`)?.includes(SEEN) === true;
      done.push({ name, blockedMs, idleMs: Math.max(...idle.blocks.values()), wentOn });
    });
  }
  await bench.close();
  return done;
}

const cellsOf = (codes: readonly string[]): readonly string[] => [KEEP, ...codes.flatMap((code) => [code, LOOK])];

async function stopAll(browser: Browser, appUrl: string, report: Report): Promise<void> {
  const bench = await open(browser, appUrl, {});
  let worst = 0;
  for (const { group, name, code } of ATTACKS.filter(({ endless }) => endless)) {
    const stopped = await bench.stop(code);
    worst = Math.max(worst, stopped);
    report(figure(`${group}, ${name}: Stop to Stopped`, stopped, 'ms', MOST_TO_STOP_MS));
  }
  report(figure('all: Stop to Stopped at most', worst, 'ms', MOST_TO_STOP_MS));
  await bench.close();
}

interface Ran {
  /** Longest block of the page by cell, milliseconds. */
  readonly blocks: ReadonlyMap<string, number>;
  /** The beginning of what each cell printed. */
  readonly printed: ReadonlyMap<string, string>;
}

async function open(browser: Browser, appUrl: string, run: Partial<RunSettings>) {
  let cells: readonly string[] = [];
  const server = await startModelServer({
    keepBodies: false,
    preflightMaxAge: 600,
    script: ({ kind, turn }) => (kind === 'sub' ? 'One reply.' : cellReply(cells[turn] ?? 'FINAL("done")')),
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // The limits of cells are in no dialog: they are kept with the other settings.
  await page.addInitScript(
    (kept) => localStorage.setItem('matryoshka.preferences', kept),
    JSON.stringify({ run: { maxTurns: 200, maxSubCalls: 1000, ...run } }),
  );
  const app = new App(page);
  await page.goto(appUrl);
  await app.status.waitFor();
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'scripted', subModel: 'scripted' });
  await app.chooseFiles(file('plain.txt', haystack(5000)));
  await app.document('plain.txt').waitFor();
  await meterBlocks(page);
  const ask = async (wanted: readonly string[]) => {
    cells = wanted;
    await app.question.fill('What do the cells do?');
    await takeBlocks(page);
    await app.ask.click();
  };
  return {
    run: async (wanted: readonly string[]): Promise<Ran> => {
      await ask(wanted);
      await app.finish(RUN_TIMEOUT_MS);
      const { cells: blocks } = await takeBlocks(page);
      return { blocks: new Map(blocks.map(({ cell, blockedMs }) => [cell, blockedMs])), printed: await printedIn(page) };
    },
    /** Milliseconds from the click on Stop to the word on the page, in the middle of a cell. */
    stop: async (code: string): Promise<number> => {
      const begun = untilCell(page);
      await ask([code]);
      await begun;
      await page.waitForTimeout(UNDER_WAY_MS);
      return await timeToStop(page);
    },
    close: async () => {
      await page.close();
      await server.close();
    },
  };
}

/** How the output of each cell begins, as the log of the run on the page has it. */
async function printedIn(page: Page): Promise<ReadonlyMap<string, string>> {
  const printed = await page.evaluate(() => {
    const { matryoshka } = window as Window & { matryoshka?: { trajectory(): string | null } };
    const lines = (matryoshka?.trajectory() ?? '').trim().split('\n').slice(1);
    const found: Record<string, string> = {};
    for (const line of lines) {
      const { type, cell, text } = JSON.parse(line) as Readonly<Record<string, unknown>>;
      // A text that repeats is in the log once, and what repeats is not what is looked for.
      if (type === 'cell.printed' && typeof cell === 'string' && typeof text === 'string') found[cell] ??= text.slice(0, 200);
    }
    return found;
  });
  return new Map(Object.entries(printed));
}
