import { chromium } from '@playwright/test';
import type { EventType, TrajectoryEvent } from '../../src/trajectory/events.ts';
import { DEFAULT_SETTINGS } from '../../src/trajectory/settings.ts';
import { ensureBrowser, launchOptions } from '../browser.ts';
import { cellRuns, openBenchApp } from './context-app.ts';
import { writeLog } from './context-files.ts';
import type { ContextBench } from './context-part.ts';
import { figuresOf } from './figure.ts';

const figure = figuresOf('context');
const CONTEXT_BYTES = 50_000_000;
const ALLOWED_MS = 1000;
const WATCHDOG_GRACE_MS = 2000;

/** Twenty cells as models write them over a log: look, search, collect, ask, count. */
const TYPICAL: readonly string[] = [
  'print(documents);\nprint(context.slice(0, 500));',
  "const lineCount = context.split('\\n').length;\nprint(lineCount);",
  "const states = {};\nfor (const [state] of context.slice(0, 2_000_000).matchAll(/\\[\\w+\\]/g)) states[state] = (states[state] || 0) + 1;\nprint(states);",
  'const timeouts = context.match(/timeout/g).length;\nprint(timeouts);',
  'const rare = grep(/id=7777\\d*/, { limit: 50, around: 40 });\nprint(rare.length, rare[0]);',
  "const passage = context.slice(1_000_000, 1_020_000);\nconst reply = await llm_query('What is this?\\n' + passage);\nprint(reply);",
  'const chunks = [];\nfor (let at = 0; at < context.length; at += 5_000_000) chunks.push(context.slice(at, at + 2000));\nprint(chunks.length);',
  "const replies = await llm_query_batched(chunks.map((chunk) => 'Summarise:\\n' + chunk));\nprint(replies.length);",
  'const ids = new Set();\nfor (const match of context.slice(0, 5_000_000).matchAll(/id=(\\d+)/g)) ids.add(match[1]);\nprint(ids.size);',
  "const errors = context.split('\\n').filter((line) => line.includes('[error]') && line.includes('id=99'));\nprint(errors.length);",
  'const services = new Map();\nfor (const line of errors) {\n  const service = line.split(" ")[1];\n  services.set(service, (services.get(service) ?? 0) + 1);\n}\nprint([...services].slice(0, 5));',
  "const firstSlow = context.indexOf('[slow]');\nprint(context.slice(firstSlow - 60, firstSlow + 60));",
  'function summary(text) {\n  return text.split("\\n").slice(0, 3).join(" | ");\n}\nprint(summary(passage));',
  'class Tally {\n  constructor() { this.n = 0; }\n  add(k) { this.n += k; return this; }\n}\nconst tally = new Tally().add(timeouts);\nprint(tally.n);',
  'const words = passage.toLowerCase().match(/[a-z]+/g);\nconst frequency = {};\nfor (const word of words) frequency[word] = (frequency[word] || 0) + 1;\nprint(Object.entries(frequency).sort((a, b) => b[1] - a[1]).slice(0, 5));',
  'const seed = Math.random();\nconst startedAt = Date.now();\nprint(typeof seed, typeof startedAt);',
  "const parsed = errors.slice(0, 200).map((line) => ({ time: line.slice(0, 24), id: Number(/id=(\\d+)/.exec(line)[1]) }));\nprint(parsed.length, parsed[0]);",
  'const last = context.lastIndexOf("[error]");\nprint(context.length - last);',
  "const verdict = await llm_query('Which of these?\\n' + JSON.stringify(parsed.slice(0, 20)));\nprint(verdict);",
  'answer = { content: summary(passage) + verdict, ready: false };\nprint(SHOW_VARS());',
];
/** A native call that no interrupt reaches: only its worker's end ends it. */
const ENDLESS = 'Array.prototype.reverse.call({ length: 2 ** 53 - 1 });';
const STILL_THERE =
  'print([lineCount, timeouts, rare.length, reply, replies.length, ids.size, errors.length, services.size, tally.n, seed, startedAt, parsed.length, verdict].join());';

/** From the end of the watchdog's patience with an endless cell until the next cell has printed. */
export async function rebuildPart({ appUrl, report, folder }: ContextBench): Promise<void> {
  const path = `${folder}/rebuild.log`;
  writeLog(path, CONTEXT_BYTES, 'ascii');
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const app = await openBenchApp(browser, appUrl);
    await app.open(path);
    const log = await app.run([...TYPICAL, STILL_THERE, ENDLESS, STILL_THERE]);
    const cells = cellRuns(log);
    const [before, endless, after] = cells.slice(TYPICAL.length);
    const failed = cells.slice(0, TYPICAL.length).find(({ error }) => error !== null);
    if (failed) throw new Error(`rebuild: a typical cell failed: ${failed.error}`);
    if (endless?.error === null) throw new Error('rebuild: the endless cell ended.');
    if (!before || !after || before.printed !== after.printed) {
      throw new Error(`rebuild: ${before?.printed} before, ${after?.printed ?? after?.error} after.`);
    }
    const ownMs = cells.slice(0, TYPICAL.length + 1).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
    const lost = TYPICAL.length + 2;
    const started = at(log, 'cell.started', `0:${lost}`);
    const patience = Math.min(
      at(log, 'cell.finished', `0:${lost}`) - started,
      DEFAULT_SETTINGS.cellCpuSeconds * 1000 + WATCHDOG_GRACE_MS,
    );
    const backMs = at(log, 'cell.printed', `0:${lost + 1}`) - started - patience;
    report(figure('rebuild over 50 MB after 20 cells: back', backMs, 'ms', ownMs + ALLOWED_MS));
    report(figure('rebuild over 50 MB after 20 cells: sub-calls asked', app.subCalls(), 'calls', 12));
    await app.close();
  } finally {
    await browser.close();
  }
}

/** Milliseconds since the run began at which a cell has such an event for the first time. */
function at(log: readonly TrajectoryEvent[], type: Extract<EventType, `cell.${string}`>, cell: string): number {
  const found = log.find((event) => event.type === type && event.cell === cell);
  if (!found) throw new Error(`rebuild: the log has no ${type} of ${cell}.`);
  return found.at;
}
