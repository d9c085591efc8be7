import { chromium, type Browser, type Page } from '@playwright/test';
import { ATTACKS, type Attack } from '../../src/repl/testing/attacks.ts';
import type { RunSettings } from '../../src/trajectory/settings.ts';
import { App } from '../app.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { startModelServer } from '../model-server/model-server.ts';
import { cellReply } from '../model-server/script.ts';
import { file, haystack } from '../texts.ts';
import { figuresOf, type Report } from './figure.ts';

const MOST_BLOCKED_MS = 100;
const MOST_TO_STOP_MS = 1000;
const TICK_MS = 10;
/** An attack is well under way after that long. */
const UNDER_WAY_MS = 400;

const figure = figuresOf('hostile');

/**
 * Each attack of the hostile table in a run of its own: how long the page's main thread was ever
 * blocked, whether the run went on to its answer, and for the endless ones how long Stop takes.
 */
export async function hostileBench(appUrl: string, report: Report): Promise<void> {
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    await attackAll(browser, appUrl, report);
    await stopAll(browser, appUrl, report);
  } finally {
    await browser.close();
  }
}

async function attackAll(browser: Browser, appUrl: string, report: Report): Promise<void> {
  const bench = await open(browser, appUrl, { cellCpuSeconds: 1, replMemoryMb: 64 });
  let worst = 0;
  let went = 0;
  for (const attack of ATTACKS) {
    await bench.ask(attack);
    const status = await bench.app.finish();
    const wentOn = status.startsWith('Answered') && (await bench.app.answer.textContent())?.includes('kept');
    const blocked = await bench.blocked();
    worst = Math.max(worst, blocked);
    if (wentOn === true) went += 1;
    report(figure(`${attack.group}, ${attack.name}: page blocked`, blocked, 'ms', MOST_BLOCKED_MS));
    report(figure(`${attack.group}, ${attack.name}: went on`, wentOn === true ? 1 : 0, 'runs', 1));
  }
  report(figure('all: page blocked at most', worst, 'ms', MOST_BLOCKED_MS));
  report(figure('all: went on', went, 'runs', ATTACKS.length));
  await bench.close();
}

async function stopAll(browser: Browser, appUrl: string, report: Report): Promise<void> {
  const bench = await open(browser, appUrl, {});
  let worst = 0;
  for (const attack of ATTACKS.filter(({ endless }) => endless)) {
    await bench.ask(attack);
    await bench.app.stop.waitFor();
    await bench.page.waitForTimeout(UNDER_WAY_MS);
    const stopped = await timeToStop(bench.page);
    worst = Math.max(worst, stopped);
    report(figure(`${attack.group}, ${attack.name}: Stop to Stopped`, stopped, 'ms', MOST_TO_STOP_MS));
  }
  report(figure('all: Stop to Stopped at most', worst, 'ms', MOST_TO_STOP_MS));
  await bench.close();
}

async function open(browser: Browser, appUrl: string, run: Partial<RunSettings>) {
  let cells: readonly string[] = [];
  const server = await startModelServer({
    keepBodies: false,
    preflightMaxAge: 600,
    script: ({ kind, turn }) => (kind === 'sub' ? 'One reply.' : cellReply(cells[turn] ?? 'FINAL(kept)')),
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // The limits of cells are in no dialog: they are kept with the other settings.
  await page.addInitScript(
    (kept) => localStorage.setItem('matryoshka.preferences', kept),
    JSON.stringify({ run: { ...run, maxTurns: 10 } }),
  );
  const app = new App(page);
  await page.goto(appUrl);
  await app.status.waitFor();
  await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'scripted', subModel: 'scripted' });
  await app.chooseFiles(file('plain.txt', haystack(5000)));
  await app.document('plain.txt').waitFor();
  await startTicker(page);
  return {
    app,
    page,
    /** Begins a run over the attack, between a cell that keeps a variable and one that answers with it. */
    ask: async ({ code }: Attack) => {
      cells = ['var kept = "kept";', code];
      await app.question.fill('What do the cells do?');
      await page.evaluate(() => (window as Ticking).longest?.());
      await app.ask.click();
    },
    /** Longest time since `ask` that the page's main thread did nothing else, milliseconds. */
    blocked: () => page.evaluate(() => (window as Ticking).longest?.() ?? NaN),
    close: async () => {
      await page.close();
      await server.close();
    },
  };
}

type Ticking = Window & { longest?: () => number };

async function startTicker(page: Page): Promise<void> {
  await page.evaluate((tickMs) => {
    let last = performance.now();
    let longest = 0;
    setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last - tickMs);
      last = now;
    }, tickMs);
    (window as Ticking).longest = () => {
      const was = longest;
      longest = 0;
      return was;
    };
  }, TICK_MS);
}

/** From the click on Stop to the word on the page, by the page's own clock. */
async function timeToStop(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const stop = [...document.querySelectorAll('button')].find((button) => (button.ariaLabel ?? button.textContent).trim() === 'Stop');
        const from = performance.now();
        const look = () => {
          const said = [...document.querySelectorAll('[role="status"]')].some((status) => /^\s*Stopped/.test(status.textContent));
          if (said) resolve(performance.now() - from);
          else setTimeout(look, 5);
        };
        stop?.click();
        look();
      }),
  );
}
