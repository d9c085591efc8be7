import { describe, expect, it } from 'vitest';
import { createChunkSearch } from './search/chunk-search.ts';
import { createLocalRepl } from './local-repl.ts';
import { read, source } from './testing/documents.ts';
import { BUDGET, NOW, testSession } from './testing/test-session.ts';
import type { Ran, TestSession } from './testing/test-session.ts';

const LOG = Array.from({ length: 500 }, (_, i) => `event ${i} was of no interest to anybody at all\n`).join('');
const STORY = `${LOG}The lighthouse burned in 1872.\n${LOG}`;
const open = (context: string | readonly string[] = [STORY, 'A lighthouse\nstands here.']): Promise<TestSession> =>
  testSession(context, undefined, undefined, { search: createChunkSearch });
const run = async (code: string): Promise<Ran> => (await open()).run(code);

describe('search in a cell', () => {
  it('is not there unless it was asked for', async () => {
    expect((await (await testSession()).run('print(typeof search)')).printed).toBe('undefined\n');
    expect((await (await testSession()).run('search = 5; 1')).variables).toMatchObject([{ name: 'search' }]);
  });

  it('gives chunks, best first, at once or awaited', async () => {
    const ran = await run(`
      const found = await search("lighthouse stands", { limit: 2 });
      print(found.length, found[0].document, found[0].index, found[0].line, found[0].text, found[0].score > found[1].score);
      print(documents[found[1].document].name, context[0].slice(found[1].index).startsWith(found[1].text));
      print(search("lighthouse", { document: "doc-0.txt" })[0].text.includes("1872"), search("LIGHTHOUSE", 1).length);
      SHOW_VARS()`);
    expect(ran.error).toBeNull();
    expect(ran.printed).toBe(
      '2 1 0 1 A lighthouse\nstands here. true\ndoc-0.txt true\ntrue 1\nfound: array, 2 items\n',
    );
  });

  it('reads well when it is printed or the last of a cell, alone or one by one', async () => {
    const shown = /^1\. doc-1\.txt, line 1 \(score \d\.\d+\)\nA lighthouse\nstands here\.\n\n2\. doc-0\.txt, line \d+ \(score \d\.\d+\)\nevent .*1872/s;
    expect((await run('search("lighthouse stands")')).printed).toMatch(shown);
    expect((await run('print(search("lighthouse stands"))')).printed).toMatch(shown);
    expect((await run('const [a] = search("stands"); print(a)')).printed).toMatch(/^doc-1\.txt, line 1 \(score [\d.]+\)\nA lighthouse\nstands here\.\n$/);
    expect((await run('search("stands").map(({ line }) => line)')).printed).toBe('[1]\n');
    expect((await run('search("nowhere")')).printed).toBe('[]\n');
  });

  it.each([
    ['search()', 'TypeError: search needs words'],
    ['search(/a/)', 'not a regular expression: use grep'],
    ['search("...")', 'search: the query has no words'],
    ['search("a", { document: 7 })', 'there is no document 7; there are 2'],
    ['search("a", { document: NaN })', 'there is no document -1'],
  ])('%s is an error: %s', async (code, error) => {
    const ran = await run(code);
    expect(`${ran.error?.name}: ${ran.error?.message}`).toContain(error);
  });

  it.each(['search(["lighthouse", "stands"])', 'search("stands", { limit: Infinity })', 'search("stands", { limit: NaN, document: 1 })', 'search("stands", null)'])(
    '%s is meant well',
    async (code) => {
      expect((await run(code)).printed).toContain('A lighthouse');
    },
  );

  it('survives what a cell does to the built-ins, and is put back where it is overwritten', async () => {
    const session = await open();
    await session.run('JSON.parse = WeakSet.prototype.add = Array.prototype.map = () => { throw 1 }; search = 5');
    expect((await session.run('search("stands")')).printed).toContain('1. doc-1.txt, line 1');
  });

  it('counts as the host’s work: a cell with little CPU may index much', async () => {
    const session = await open(LOG.repeat(60));
    const ran = await session.run('print(search("event 499").length)', { cpuMs: 100 });
    expect(ran).toMatchObject({ ok: true, printed: '5\n' });
    expect(ran.cpuMs).toBeLessThan(100);
  });

  it('is given by the REPL where it is opened with it, over files too', async () => {
    const repl = createLocalRepl({ documents: [source('story.txt', STORY + LOG.repeat(60))], read, heldBytes: 0 });
    const signal = new AbortController().signal;
    const context = { kind: 'documents', ids: ['story.txt'] } as const;
    const shown = async (search: boolean) => {
      const session = await repl.open({ context, memoryBytes: 2 ** 23, search }, signal);
      let printed = '';
      const host = { print: (text: string) => void (printed += text), query: () => Promise.reject(new Error('none')) };
      const code = 'print(typeof search); if (typeof search === "function") print(documents[0].lazy, search("lighthouse")[0])';
      await session.run({ code, cpuMs: 5000, budget: BUDGET, now: NOW, seed: 1 }, host, signal);
      return printed;
    };
    expect(await shown(false)).toBe('undefined\n');
    expect(await shown(true)).toMatch(/^function\ntrue story\.txt, line \d+ .*The lighthouse burned/s);
  });
});
