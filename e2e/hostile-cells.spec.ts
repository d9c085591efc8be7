import { ATTACKS, type Attack } from '../src/repl/testing/attacks.ts';
import type { RunSettings } from '../src/trajectory/settings.ts';
import type { TrajectoryEvent } from '../src/trajectory/events.ts';
import type { App } from './app.ts';
import { cellReply, scriptOf } from './model-server/script.ts';
import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

/** A call gives up the REPL that it has lost by its own fault more often than this. */
const MOST_LOSSES = 3;

const KEPT = 'var kept = { list: [1, 2, 3], name: "kept" };';
const LOOK = 'print("here:", kept.name, kept.list.length, context.length > 0, typeof llm_query, await llm_query("q"));';
const SEEN = 'here: kept 3 true function echo: q';

const groups: readonly { readonly name: string; readonly attacks: readonly Attack[]; readonly settings: Partial<RunSettings> }[] = [
  group('loops', { cellCpuSeconds: 1 }),
  group('memory', { cellCpuSeconds: 20, replMemoryMb: 64 }),
  group('values', { cellCpuSeconds: 8 }),
  group('tampering', {}),
  group('escape', {}),
  ...chunks('recursion', { cellCpuSeconds: 2 }),
  ...chunks('natives', { cellCpuSeconds: 1 }),
];

function group(name: Attack['group'], settings: Partial<RunSettings>) {
  return { name, attacks: ATTACKS.filter((attack) => attack.group === name), settings };
}

/** For attacks that may cost the whole worker. */
function chunks(name: Attack['group'], settings: Partial<RunSettings>) {
  const { attacks } = group(name, settings);
  return Array.from({ length: Math.ceil(attacks.length / MOST_LOSSES) }, (_, n) => ({
    name: `${name} ${n + 1}`,
    attacks: attacks.slice(n * MOST_LOSSES, (n + 1) * MOST_LOSSES),
    settings,
  }));
}

for (const { name, attacks, settings } of groups) {
  test(`hostile cells, ${name}: each ends, what was there is there, and the run answers`, async ({ app, page, serveModel }) => {
    test.setTimeout(180_000);
    await prefer(app, { ...settings, maxTurns: 200, maxSubCalls: 1000 });
    // A cell of its own looks after each attack: an attack is over where its cell is.
    const cells = [KEPT, ...attacks.flatMap(({ code }) => [code, LOOK]), 'FINAL("went on to the end");'];
    const server = await serveModel({ script: scriptOf({ root: cells.map((code) => cellReply(code)) }) });
    await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root', subModel: 'sub' });
    await app.chooseFiles(file('plain.txt', haystack(5000)));
    await expect(app.document('plain.txt')).toBeVisible();
    expect(await app.askAndFinish('What do the cells do?', 170_000)).toMatch(/^Answered/);
    await expect(app.answer).toContainText('went on to the end');

    const log = (await app.trajectory()).trim().split('\n').slice(1).map((line) => JSON.parse(line) as TrajectoryEvent);
    const ends = log.flatMap((event) => (event.type === 'cell.finished' ? [event] : []));
    expect(ends).toHaveLength(cells.length);
    attacks.forEach((attack, n) => {
      const [end, look] = [ends[1 + 2 * n], ends[2 + 2 * n]];
      if (attack.error === null) {
        expect.soft(end?.error, attack.name).toBeUndefined();
      } else {
        expect.soft(`${end?.error?.name}: ${end?.error?.message}`, attack.name).toMatch(attack.error);
      }
      expect.soft(look?.observation, attack.name).toContain(SEEN);
    });
    await expect(page).toHaveTitle(/Matryoshka/);
  });
}

/** The limits of cells are in no dialog: they are kept with the other settings. */
async function prefer(app: App, run: Partial<RunSettings>): Promise<void> {
  await app.page.addInitScript(
    (kept) => localStorage.setItem('matryoshka.preferences', kept),
    JSON.stringify({ run }),
  );
  await app.page.reload();
  await app.status.waitFor();
}

for (const name of ['for', 'await of nothing', 'reverse of 2^53', 'catastrophic expression on a long text']) {
  test(`Stop ends a cell within a second, endless by ${name}`, async ({ app, page, serveModel }) => {
    const attack = ATTACKS.find((one) => one.name === name);
    const server = await serveModel({ script: scriptOf({ root: [cellReply(`print("begun");\n${attack?.code}`)] }) });
    await app.configure({ provider: 'OpenAI-compatible', baseUrl: server.url, rootModel: 'root', subModel: 'sub' });
    await app.chooseFiles(file('plain.txt', haystack(5000)));
    await expect(app.document('plain.txt')).toBeVisible();
    const started = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          window.matryoshka?.onEvents((batch) => {
            if (batch.some(({ type }) => type === 'cell.started')) resolve();
          });
        }),
    );
    await app.question.fill('Does it end?');
    await app.ask.click();
    await started;
    await app.stop.click();
    await expect(app.status).toHaveText(/^\s*Stopped/, { timeout: 1000 });
  });
}
