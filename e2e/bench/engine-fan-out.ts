import { chromium, type Page } from '@playwright/test';
import type { Automation } from '../../src/state/automation.ts';
import type { TrajectoryEvent } from '../../src/trajectory/events.ts';
import { App } from '../app.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { openBarePage } from './bare-page.ts';
import { FAN_OUT } from './engine-script.ts';
import { figuresOf, median, type Report } from './figure.ts';
import { startModelProcess } from './model-process.ts';
import { rendererCpuMs } from './process-memory.ts';

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
    let log: readonly TrajectoryEvent[] = [];
    const ourCpu = await cpuOf(async () => {
      log = await ask(page);
    });
    const walls = fanOuts(log);
    if (walls.length !== rounds) throw new Error(`The run made ${walls.length} fan-outs.`);
    const name = `${calls} sub-calls, ${parallel} at once, HTTP/2`;
    const ours = median(walls.map(({ sentToAnswered }) => sentToAnswered));
    report(figure(`${name}: first sent to last answered / ideal`, ours / ideal, 'times', WALL_BAR));
    report(figure(`${name}: whole cell / ideal`, median(walls.map(({ cell }) => cell)) / ideal, 'times', WALL_BAR));
    report(figure(`${name}: first sent to last answered`, ours, 'ms', median(bareWalls)));
    if (bareCpu !== null && ourCpu !== null) {
      const perCall = (ms: number) => ms / (rounds * calls);
      report(figure(`${name}: CPU per sub-call above a bare fetch`, perCall(ourCpu - bareCpu), 'ms', CPU_BAR_MS));
      report(figure(`${name}: CPU per sub-call with the fetch`, perCall(ourCpu), 'ms', perCall(bareCpu)));
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

/** The log of the run that the question starts. @throws Error where it was not answered. */
export async function ask(app: App): Promise<readonly TrajectoryEvent[]> {
  await app.ask.click();
  const status = await app.finish(RUN_TIMEOUT_MS);
  if (!status.startsWith('Answered')) throw new Error(`The run ended so: ${status}`);
  const lines = (await app.trajectory()).trim().split('\n').slice(1);
  return lines.map((line) => JSON.parse(line) as TrajectoryEvent);
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
