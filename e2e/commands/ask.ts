import { writeFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { Automation } from '../../src/state/automation.ts';
import { DEFAULT_SETTINGS } from '../../src/trajectory/settings.ts';
import { App, FINISHED } from '../app.ts';
import { readAskArguments, USAGE, UsageError, type AskArguments } from '../ask-arguments.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { serveBuiltApp } from '../built-app.ts';

/**
 * `npm run ask`: asks one question through the real page in a headless browser with a profile of
 * its own. Events go to stderr as they happen, one JSON object a line, the answer to stdout. Exit
 * code 0 if answered, 1 if not, 2 for arguments that make no sense.
 */

/** Beyond the run's own time limit, for reading files and starting. */
const MARGIN_MS = 120_000;
const TIMEOUT_MS = DEFAULT_SETTINGS.maxSeconds * 1000 + MARGIN_MS;

/** The run could not be asked or was not answered; the message says why. */
class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

interface RunEnd {
  readonly type: 'run.finished';
  readonly outcome: string;
  readonly answer: string | null;
  readonly reason?: string;
}

async function ask({ question, files, out, settings }: AskArguments, url: string, browser: Browser): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(TIMEOUT_MS);
  page.on('pageerror', (error) => process.stderr.write(`The page threw: ${error.message}\n`));
  let end: RunEnd | null = null;
  await page.exposeFunction('onTrajectoryEvents', (lines: readonly string[]) => {
    for (const line of lines) {
      process.stderr.write(`${line}\n`);
      const event = JSON.parse(line) as { type: string; why?: string };
      if (event.type === 'run.finished') end = event as RunEnd;
      // Nobody is there to try a provider that is down once more: the run goes on to its end without it.
      if (event.type === 'run.paused' && event.why === 'provider') void giveUp(page);
    }
  });
  const app = new App(page);
  await page.goto(url);
  await app.status.waitFor();
  await page.evaluate(() => {
    const { matryoshka, onTrajectoryEvents } = window as Window & {
      matryoshka?: Automation;
      onTrajectoryEvents?: (lines: readonly string[]) => void;
    };
    matryoshka?.onEvents((batch) => onTrajectoryEvents?.(batch.map((event) => JSON.stringify(event))));
  });

  await app.configure(settings);
  await refuseOnAlert(app);
  await app.chooseFiles([...files]);
  await whenRead(page);
  await refuseOnAlert(app);

  await app.question.fill(question);
  await app.ask.click();
  const over = app.status.filter({ hasText: FINISHED });
  // A question that the page refuses to ask shows an alert and starts no run.
  await over.or(app.alert.filter({ visible: true })).first().waitFor();
  await whenIdle(page);
  if (!(await over.isVisible())) await refuseOnAlert(app);
  await over.waitFor();
  if (out !== null) writeFileSync(out, await app.trajectory());
  return answerOf(end, await app.status.innerText());
}

/** Where the run ends meanwhile there is nothing left to give up. */
async function giveUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Give up', exact: true }).click().catch(() => undefined);
}

/** The answer as the log has it: the page shows the same text with its Markdown rendered. */
function answerOf(end: RunEnd | null, status: string): string {
  if (end?.outcome === 'answered' && end.answer !== null) return end.answer;
  const draft = end?.answer ? ` Its best answer so far: ${end.answer}` : '';
  throw new NotAnswered(`${status.trim()}. ${end?.reason ?? ''}${draft}`.trim());
}

async function refuseOnAlert(app: App): Promise<void> {
  const said = await app.alert.filter({ visible: true }).allInnerTexts();
  const sentences = said.map((text) => text.trim()).filter((text) => text !== '');
  if (sentences.length > 0) throw new NotAnswered(sentences.join(' '));
}

/** Nobody is there to tick boxes: of a large archive everything is read but what is left out by itself. */
async function whenRead(page: Page): Promise<void> {
  const asked = page.getByRole('dialog', { name: 'What to read' });
  for (;;) {
    await whenIdle(page);
    if (!(await asked.isVisible())) return;
    const read = asked.getByRole('button', { name: /^Read / });
    await ((await read.isEnabled()) ? read : asked.getByRole('button', { name: 'Cancel' })).click();
  }
}

async function whenIdle(page: Page): Promise<void> {
  await page.evaluate(() => (window as Window & { matryoshka?: Automation }).matryoshka?.whenIdle());
}

async function main(): Promise<number> {
  let parsed: AskArguments;
  try {
    parsed = readAskArguments(process.argv.slice(3), process.env['OPENAI_API_KEY'] ?? '');
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}`);
    return 2;
  }
  try {
    process.stdout.write(`${await askInBrowser(parsed)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function askInBrowser(parsed: AskArguments): Promise<string> {
  const executable = ensureBrowser();
  const served = await serveBuiltApp();
  // Playwright gives every browser a new profile, and removes it.
  const browser = await chromium.launch(launchOptions(executable));
  const watchdog = setTimeout(() => {
    process.stderr.write(`No end after ${TIMEOUT_MS / 1000} s: giving up.\n`);
    void browser.close();
  }, TIMEOUT_MS);
  try {
    return await ask(parsed, served.url, browser);
  } finally {
    clearTimeout(watchdog);
    await browser.close();
    await served.close();
  }
}

process.exitCode = await main();
