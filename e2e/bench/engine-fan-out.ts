import { chromium, type Page } from '@playwright/test';
import type { Automation } from '../../src/state/automation.ts';
import type { TrajectoryEvent } from '../../src/trajectory/events.ts';
import { App } from '../app.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { openBarePage } from './bare-page.ts';
import { FAN_OUT } from './engine-script.ts';
import { figuresOf, median, type Report } from './figure.ts';
import { startModelProcess } from './model-process.ts';
import { rendererCpuMs, rendererThreads, type ThreadCpu } from './process-memory.ts';

const LATENCY_MS = 50;
const RUN_TIMEOUT_MS = 600_000;
/** The bars of issue 4, point 6. */
const WALL_BAR = 1.15;
const CPU_BAR_MS = 0.5;

/**
 * A thousand sub-calls of 50 ms, a hundred at once, over HTTP/2, several times in one run: how long
 * beside the ideal, and how much CPU beside the same requests of a worker that only fetches.
 */
export async function fanOutBench(appUrl: string, report: Report): Promise<void> {
  const figure = figuresOf('engine');
  const { rounds, calls, parallel } = FAN_OUT;
  const ideal = (calls * LATENCY_MS) / parallel;
  const model = await startModelProcess('fan-out', 'h2');
  const browser = await chromium.launch(insecure());
  try {
    const bare = await openBarePage(browser);
    const bareWalls: number[] = [];
    const bareCpu = await cpuOf(async () => {
      for (let round = 0; round < rounds; round++) bareWalls.push(await bare.fanOut(model.url, calls, parallel));
    });
    await bare.close();

    const page = await openApp(await browser.newPage({ viewport: { width: 1440, height: 900 } }), appUrl, model.url);
    const before = rendererThreads();
    const ourCpu = await cpuOf(() => answered(page));
    const after = rendererThreads();
    const log = await logOf(page);
    const walls = fanOuts(log);
    if (walls.length !== rounds) throw new Error(`The run made ${walls.length} fan-outs.`);
    const name = `${calls} sub-calls, ${parallel} at once, HTTP/2`;
    const ours = median(walls.map(({ sentToAnswered }) => sentToAnswered));
    report(figure(`${name}: first sent to last answered / ideal`, ours / ideal, 'times', WALL_BAR));
    report(figure(`${name}: bare fetches / ideal`, median(bareWalls) / ideal, 'times', WALL_BAR));
    report(figure(`${name}: whole cell / ideal`, median(walls.map(({ cell }) => cell)) / ideal, 'times', WALL_BAR));
    report(figure(`${name}: first sent to last answered`, ours, 'ms', median(bareWalls)));
    if (bareCpu !== null && ourCpu !== null) {
      const perCall = (ms: number) => ms / (rounds * calls);
      report(figure(`${name}: CPU per sub-call above a bare fetch`, perCall(ourCpu - bareCpu), 'ms', CPU_BAR_MS));
      report(figure(`${name}: CPU per sub-call with the fetch`, perCall(ourCpu), 'ms', perCall(bareCpu)));
      if (before && after) {
        for (const [thread, ms] of threadsBetween(before, after, ourCpu)) {
          report(figure(`${name}: CPU per sub-call, ${thread}`, perCall(ms), 'ms', perCall(bareCpu)));
        }
      }
    }
  } finally {
    await browser.close();
    model.close();
  }
}

/** Takes the certificate of our own server. */
export function insecure() {
  const options = launchOptions(ensureBrowser());
  return { ...options, args: [...(options.args ?? []), '--ignore-certificate-errors'] };
}

export async function openApp(page: Page, appUrl: string, baseUrl: string): Promise<App> {
  const app = new App(page);
  await page.goto(appUrl);
  await app.status.waitFor();
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl,
    rootModel: 'scripted',
    subModel: 'scripted',
    parallelSubCalls: FAN_OUT.parallel,
    maxSubCalls: FAN_OUT.rounds * FAN_OUT.calls,
  });
  await app.chooseFiles([{ name: 'numbers.txt', mimeType: 'text/plain', buffer: Buffer.from('river 4711\n'.repeat(20_000)) }]);
  await page.evaluate(() => (window as Window & { matryoshka?: Automation }).matryoshka?.whenIdle());
  await app.question.fill('What is it about?');
  return app;
}

/** Asks, and waits for the answer. @throws Error where the run ends in another way. */
export async function answered(app: App): Promise<void> {
  await app.ask.click();
  const status = await app.finish(RUN_TIMEOUT_MS);
  if (!status.startsWith('Answered')) throw new Error(`The run ended so: ${status}`);
}

/** The log of the run: encoding it takes the page's time, so it is read after what is measured. */
export async function logOf(app: App): Promise<readonly TrajectoryEvent[]> {
  const lines = (await app.trajectory()).trim().split('\n').slice(1);
  return lines.map((line) => JSON.parse(line) as TrajectoryEvent);
}

/** What the page's threads used. The engine's worker works most of the workers, the REPL's comes after it. */
function threadsBetween(
  before: ReadonlyMap<string, ThreadCpu>,
  after: ReadonlyMap<string, ThreadCpu>,
  all: number,
): readonly (readonly [thread: string, ms: number])[] {
  const used = [...after].map(([id, each]) => ({ ...each, ms: each.ms - (before.get(id)?.ms ?? 0) }));
  const page = Math.max(0, ...used.filter(({ isMain }) => isMain).map(({ ms }) => ms));
  const [engine = 0, repl = 0] = used
    .filter(({ name }) => name.startsWith('DedicatedWorker'))
    .map(({ ms }) => ms)
    .sort((a, b) => b - a);
  return [
    ['engine', engine],
    ['page', page],
    ['REPL', repl],
    ['all else: compositor, collector, compilers, I/O', all - engine - page - repl],
  ];
}

async function cpuOf(work: () => Promise<void>): Promise<number | null> {
  const before = rendererCpuMs();
  await work();
  const after = rendererCpuMs();
  return before === null || after === null ? null : after - before;
}

/** Milliseconds of every cell that asked for the fan-out, by the log. */
function fanOuts(log: readonly TrajectoryEvent[]): { readonly cell: number; readonly sentToAnswered: number }[] {
  return log.flatMap((event, at) => {
    if (event.type !== 'cell.finished') return [];
    const started = log.findIndex((each) => each.type === 'cell.started' && each.cell === event.cell);
    const inside = log.slice(started, at);
    const sent = inside.find((each) => each.type === 'call.sent');
    const answered = inside.findLast((each) => each.type === 'call.finished');
    const begun = inside[0];
    if (!sent || !answered || !begun) return [];
    return [{ cell: event.at - begun.at, sentToAnswered: answered.at - sent.at }];
  });
}
