import { chromium, type Page } from '@playwright/test';
import { STREAM, type EngineMode } from './engine-script.ts';
import { answered, insecure, logOf, openApp } from './engine-fan-out.ts';
import { figuresOf, type Report } from './figure.ts';
import { startModelProcess } from './model-process.ts';

const IDLE_MS = 5_000;
/** A frame at 60 a second has this long; a gap of more than one and a half of them has dropped one. */
const FRAME_MS = 1000 / 60;
const DROPPED_AFTER_MS = FRAME_MS * 1.5;

/** Gaps between the page's animation frames. */
interface Frames {
  readonly seconds: number;
  /** Frames of the display that the page had nothing new for in time. */
  readonly dropped: number;
  readonly longestMs: number;
  /** Tasks of the main thread of more than 50 ms. */
  readonly longTasks: number;
}

/** Ten million characters of streamed reply text, in one reply and in a hundred, and the page's frames meanwhile. */
export async function streamBench(appUrl: string, report: Report): Promise<void> {
  await stream(appUrl, 'stream-one', '10 MB in one reply', report);
  await stream(appUrl, 'stream-many', `10 MB in ${STREAM.replies} replies at once`, report);
}

async function stream(appUrl: string, mode: EngineMode, name: string, report: Report): Promise<void> {
  const figure = figuresOf('engine');
  const model = await startModelProcess(mode, 'h2');
  const browser = await chromium.launch(insecure());
  try {
    const app = await openApp(await browser.newPage({ viewport: { width: 1440, height: 900 } }), appUrl, model.url);
    await watchFrames(app.page);
    await app.page.waitForTimeout(IDLE_MS);
    const idle = await takeFrames(app.page);
    await answered(app);
    const busy = await takeFrames(app.page);
    const log = await logOf(app);
    const end = log.at(-1);
    if (end?.type !== 'run.finished' || end.answer !== String(STREAM.chars)) {
      throw new Error(`${name}: ${end?.type === 'run.finished' ? end.answer : 'no end'} characters came.`);
    }
    const share = ({ dropped, seconds }: Frames) => (100 * dropped) / (seconds * 60);
    report(figure(`${name}: time, the server streams for ${STREAM.seconds} s`, busy.seconds, 's', STREAM.seconds));
    report(figure(`${name}: frames dropped`, share(busy), '%', share(idle)));
    report(figure(`${name}: longest gap between frames`, busy.longestMs, 'ms', idle.longestMs));
    report(figure(`${name}: tasks over 50 ms`, busy.longTasks, 'tasks', idle.longTasks));
    report(figure(`${name}: events`, log.length, 'events', STREAM.chars / 2_048));
  } finally {
    await browser.close();
    model.close();
  }
}

interface Watched {
  streamed?: { from: number; gaps: number[]; longTasks: number };
}

async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = window as Window & Watched;
    watched.streamed = { from: performance.now(), gaps: [], longTasks: 0 };
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      watched.streamed?.gaps.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    new PerformanceObserver((list) => {
      if (watched.streamed) watched.streamed.longTasks += list.getEntries().length;
    }).observe({ entryTypes: ['longtask'] });
  });
}

/** What was seen since the last call. */
async function takeFrames(page: Page): Promise<Frames> {
  const { seconds, gaps, longTasks } = await page.evaluate(() => {
    const { streamed: frames } = window as Window & Watched;
    if (!frames) throw new Error('Nobody watches the frames.');
    const now = performance.now();
    const taken = { seconds: (now - frames.from) / 1000, gaps: frames.gaps, longTasks: frames.longTasks };
    (window as Window & Watched).streamed = { from: now, gaps: [], longTasks: 0 };
    return taken;
  });
  const dropped = gaps.reduce((sum, gap) => sum + (gap > DROPPED_AFTER_MS ? Math.round(gap / FRAME_MS) - 1 : 0), 0);
  return { seconds, dropped, longestMs: Math.max(...gaps), longTasks };
}
