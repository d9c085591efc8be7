import type { Browser, Page } from '@playwright/test';
import type { Automation } from '../../src/state/automation.ts';
import type { TrajectoryEvent } from '../../src/trajectory/events.ts';
import { App } from '../app.ts';
import { startModelServer } from '../model-server/model-server.ts';
import { cellReply } from '../model-server/script.ts';

/** What one scripted cell cost and printed. */
export interface CellRun {
  /** CPU of the cell as its log has it, milliseconds: the guest's own clock stands still. */
  readonly cpuMs: number;
  /**
   * From its beginning to its end in the log, without its waiting for models: the CPU of a cell
   * leaves out what the host reads and searches in a file.
   */
  readonly wallMs: number;
  readonly printed: string;
  /** What ended it, where something did. */
  readonly error: string | null;
}

/** The built app in a browser, with a model that writes what it is told to. */
export interface BenchApp {
  readonly page: Page;
  /** Chooses a file: milliseconds by the page's clock from the choice until the status is `Ready`. */
  open(path: string): Promise<number>;
  /** One run whose root writes these cells, a turn each, and then finishes; its whole log. */
  run(cells: readonly string[]): Promise<readonly TrajectoryEvent[]>;
  /** Sub-calls that the model has answered so far, children's turns not counted. */
  subCalls(): number;
  close(): Promise<void>;
}

const RUN_TIMEOUT_MS = 1_800_000;

export async function openBenchApp(browser: Browser, appUrl: string): Promise<BenchApp> {
  let cells: readonly string[] = [];
  const server = await startModelServer({
    keepBodies: false,
    preflightMaxAge: 600,
    script: ({ kind, turn }) => (kind === 'sub' ? 'One reply.' : cellReply(cells[turn] ?? 'FINAL("done")')),
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(RUN_TIMEOUT_MS);
  const app = new App(page);
  await page.goto(appUrl);
  await app.status.waitFor();
  await app.configure({
    provider: 'OpenAI-compatible',
    baseUrl: server.url,
    rootModel: 'scripted',
    subModel: 'scripted',
    maxTurns: 500,
    maxSubCalls: 1000,
  });
  return {
    page,
    open: async (path) => {
      const ready = timeToReady(page);
      await app.chooseFiles([path]);
      return ready;
    },
    run: async (wanted) => {
      cells = wanted;
      await app.question.fill('What is it about?');
      await app.ask.click();
      await app.finish(RUN_TIMEOUT_MS);
      await page.evaluate(() => (window as Window & { matryoshka?: Automation }).matryoshka?.whenIdle());
      const lines = (await app.trajectory()).trim().split('\n').slice(1);
      return lines.map((line) => JSON.parse(line) as TrajectoryEvent);
    },
    subCalls: () => server.stats().sub,
    close: async () => {
      await page.close();
      await server.close();
    },
  };
}

/** The root's cells of a log, in order. */
export function cellRuns(log: readonly TrajectoryEvent[]): CellRun[] {
  return log.flatMap((event) => {
    if (event.type !== 'cell.finished' || !event.cell.startsWith('0:')) return [];
    const started = log.find((each) => each.type === 'cell.started' && each.cell === event.cell);
    const wallMs = event.at - (started?.at ?? NaN) - event.waitMs;
    const printed = log.flatMap((each) => (each.type === 'cell.printed' && each.cell === event.cell ? [each.text] : []));
    const error = event.error ? `${event.error.name}: ${event.error.message}` : null;
    return [{ cpuMs: event.cpuMs, wallMs, printed: printed.join('').trim(), error }];
  });
}

/** From the choice of a file to `Ready` with nothing being read, as the page sees it. */
async function timeToReady(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const chosen = () => {
          const started = performance.now();
          const look = () => {
            const alerts = [...document.querySelectorAll('[role="alert"]')];
            const alert = alerts.map((each) => each.textContent.trim()).join(' ').trim();
            const status = document.querySelector('[role="status"][aria-label="Run status"]');
            const list = document.querySelector('[aria-label="Documents"]');
            if (alert !== '') reject(new Error(alert));
            else if (list?.firstElementChild && /^\s*Ready/.test(status?.textContent ?? '')) resolve(performance.now() - started);
            else setTimeout(look, 2);
          };
          setTimeout(look, 0);
        };
        addEventListener('change', chosen, { capture: true, once: true });
      }),
  );
}
