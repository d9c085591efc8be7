import type { Page } from '@playwright/test';
import type { Automation } from '../../src/state/automation.ts';

const TICK_MS = 10;

/** What the page noted of one cell of the root. */
export interface CellBlock {
  readonly cell: string;
  /** Longest time that the page's main thread did nothing else, milliseconds. */
  readonly blockedMs: number;
}

type Metered = Window & { matryoshka?: Automation; blocks?: { cell: string; blockedMs: number }[]; longest?: number };

/**
 * From now on the page notes the longest block of its main thread, apart for each cell of the root:
 * from the arrival of its beginning until the next one's.
 */
export async function meterBlocks(page: Page): Promise<void> {
  await page.evaluate((tickMs) => {
    const metered = window as Metered;
    let last = performance.now();
    metered.longest = 0;
    metered.blocks = [];
    const tick = () => {
      const now = performance.now();
      const blockedMs = now - last - tickMs;
      last = now;
      metered.longest = Math.max(metered.longest ?? 0, blockedMs);
      const block = metered.blocks?.at(-1);
      if (block) block.blockedMs = Math.max(block.blockedMs, blockedMs);
    };
    setInterval(tick, tickMs);
    metered.matryoshka?.onEvents((batch) => {
      for (const event of batch) {
        if (event.type === 'cell.started' && 'call' in event && event.call === '0' && 'cell' in event) {
          metered.blocks?.push({ cell: String(event.cell), blockedMs: 0 });
        }
      }
    });
  }, TICK_MS);
}

/** What was noted since the last call, cell by cell; `longestMs` is of the whole time. */
export async function takeBlocks(page: Page): Promise<{ readonly longestMs: number; readonly cells: readonly CellBlock[] }> {
  return await page.evaluate(() => {
    const metered = window as Metered;
    const taken = { longestMs: metered.longest ?? 0, cells: metered.blocks ?? [] };
    metered.longest = 0;
    metered.blocks = [];
    return taken;
  });
}

/** Resolves when the next cell begins that any run of the page runs. */
export async function untilCell(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { matryoshka } = window as Metered;
        const end = matryoshka?.onEvents((batch) => {
          if (!batch.some(({ type }) => type === 'cell.started')) return;
          end?.();
          resolve();
        });
      }),
  );
}

/** From the click on Stop to the word on the page, by the page's own clock. */
export async function timeToStop(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const stop = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim().startsWith('Stop'));
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
