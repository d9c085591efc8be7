import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { Automation } from '../../src/state/automation.ts';
import { App } from '../app.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { idealMs, SUB_CALLS, TURNS } from './engine-script.ts';
import { BENCHES, type BenchArguments, type EnginePart } from '../bench-arguments.ts';
import { fanOutBench } from './engine-fan-out.ts';
import { streamBench } from './engine-stream.ts';
import { figuresOf, type Figure, type Report } from './figure.ts';
import { startModelProcess } from './model-process.ts';
import { rendererMemory } from './process-memory.ts';

const LATENCY_MS = 50;
const MEGABYTE = 1_000_000;
/** The best peer's overhead per sub-call, in ms (research/testing.md §4). */
const BEST_PEER_OVERHEAD_MS = 2.7;
const TARGET_OVERHEAD_MS = 3;

const PARTS: Readonly<Record<EnginePart, (appUrl: string, report: Report) => Promise<void>>> = {
  overhead: overheadBench,
  'fan-out': fanOutBench,
  stream: streamBench,
};

/** All parts, or the one that is named. */
export async function engineBench(appUrl: string, report: Report, { only }: BenchArguments): Promise<void> {
  for (const part of BENCHES.engine) {
    if (only === null || only === part) await PARTS[part](appUrl, report);
  }
}

/** 5 turns and 200 sub-calls against a local server, in sequence and in batches, per context size. */
async function overheadBench(appUrl: string, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'matryoshka-bench-'));
  try {
    const floor = await measureFloor(appUrl);
    report(figure('bare fetch: overhead per call', floor, 'ms', BEST_PEER_OVERHEAD_MS));
    for (const megabytes of [10, 50]) {
      const file = join(folder, `context-${megabytes}mb.txt`);
      writeFileSync(file, contextOf(megabytes * MEGABYTE));
      for (const mode of ['sequential', 'batched'] as const) {
        for (const one of await measure(appUrl, mode, file, megabytes, floor)) report(one);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  appUrl: string,
  mode: 'sequential' | 'batched',
  file: string,
  megabytes: number,
  floor: number,
): Promise<Figure[]> {
  const model = await startModelProcess(mode);
  // A browser per run: memory and connections begin from nothing.
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const app = new App(page);
    await page.goto(appUrl);
    await app.status.waitFor();
    await app.configure({ provider: 'OpenAI-compatible', baseUrl: model.url, rootModel: 'scripted', subModel: 'scripted' });
    const before = rendererMemory();
    await app.chooseFiles([file]);
    await page.evaluate(() => (window as Window & { matryoshka?: Automation }).matryoshka?.whenIdle());
    await app.question.fill('What is it about?');

    let peak = before;
    const sampler = setInterval(() => {
      const now = rendererMemory();
      if (peak !== null && now !== null) peak = Math.max(peak, now);
    }, 500);
    const ended = timeToFinish(page);
    await app.ask.click();
    const { wallMs, answer } = await ended;
    clearInterval(sampler);

    const { root, sub, maxInFlight } = await model.stats();
    if (root !== TURNS || sub !== SUB_CALLS || answer !== `${SUB_CALLS} replies`) {
      throw new Error(`The run made ${root} turns and ${sub} sub-calls and answered ${answer}.`);
    }
    const ideal = idealMs(mode, LATENCY_MS);
    const name = `${mode}, ${megabytes} MB`;
    const figures: Figure[] = [figure(`${name}: wall`, wallMs, 'ms', ideal)];
    if (mode === 'sequential') {
      const overhead = (wallMs - ideal) / SUB_CALLS;
      figures.push(figure(`${name}: overhead per sub-call`, overhead, 'ms', BEST_PEER_OVERHEAD_MS));
      figures.push(figure(`${name}: of it, above a bare fetch`, overhead - floor, 'ms', TARGET_OVERHEAD_MS));
    } else {
      figures.push(figure(`${name}: most in flight`, maxInFlight.sub, 'calls', 6));
    }
    if (before !== null && peak !== null) {
      figures.push(figure(`${name}: memory growth`, (peak - before) / MEGABYTE, 'MB', megabytes));
    }
    return figures;
  } finally {
    await browser.close();
    model.close();
  }
}

/**
 * Milliseconds that server, browser and machine take per call above the server's latency without
 * us: bare requests, one after the other.
 */
async function measureFloor(appUrl: string): Promise<number> {
  const model = await startModelProcess('sequential');
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const page = await browser.newPage();
    await page.goto(appUrl);
    const wallMs = await page.evaluate(
      async ({ url, calls }) => {
        const started = performance.now();
        for (let n = 0; n < calls; n++) {
          const messages = [{ role: 'user', content: `Part ${n}` }];
          const response = await fetch(`${url}/chat/completions`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ model: 'scripted', stream: true, messages }),
          });
          await response.text();
        }
        return performance.now() - started;
      },
      { url: model.url, calls: SUB_CALLS },
    );
    return wallMs / SUB_CALLS - LATENCY_MS;
  } finally {
    await browser.close();
    model.close();
  }
}

const figure = figuresOf('engine');

/** From the click on Ask, by the page's own clock, to the end of the run in its log. */
async function timeToFinish(page: Page): Promise<{ wallMs: number; answer: string | null }> {
  return await page.evaluate(
    () =>
      new Promise<{ wallMs: number; answer: string | null }>((resolve) => {
        let clickedAt = performance.now();
        addEventListener('click', () => (clickedAt = performance.now()), { capture: true, once: true });
        const { matryoshka } = window as Window & { matryoshka?: Automation };
        matryoshka?.onEvents((batch) => {
          const end = batch.find((event) => event.type === 'run.finished');
          if (!end) return;
          const answer = 'answer' in end && typeof end.answer === 'string' ? end.answer : null;
          resolve({ wallMs: performance.now() - clickedAt, answer });
        });
      }),
  );
}

/** `chars` of ASCII lines, the same every time. */
function contextOf(chars: number): string {
  const words = ['river', 'winter', 'ledger', 'signal', 'harbour', 'copper', 'orchard', 'lantern'];
  const lines: string[] = [];
  let length = 0;
  for (let n = 0; length < chars; n++) {
    const line = `${n} ${words[n % 8]} ${words[(n * 5 + 3) % 8]} ${(n * 2_654_435_761) % 1_000_003}\n`;
    lines.push(line);
    length += line.length;
  }
  return lines.join('').slice(0, chars);
}
