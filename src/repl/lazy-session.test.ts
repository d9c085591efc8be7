import { describe, expect, it } from 'vitest';
import { createLocalRepl } from './local-repl.ts';
import { read, source } from './testing/documents.ts';
import { BUDGET, testSession } from './testing/test-session.ts';
import { fileOf } from './texts/testing/file-of.ts';
import { stringText } from './texts/string-text.ts';
import type { GuestQuery, ReplContext } from './port.ts';
import type { TestTexts } from './testing/test-session.ts';
import type { TextEncoding } from '../documents/document.ts';

const line = (i: number) => `line ${i}: user=${i % 7} naïve 中文 😀\n`;
const CONTENT = Array.from({ length: 40_000 }, (_, i) => line(i)).join('');

/** One lazy text in a file of more than a million characters. */
function large(encoding: TextEncoding = 'utf-8', content = CONTENT): TestTexts {
  return {
    single: true,
    texts: [{ text: fileOf(content, { encoding, every: 4096, chunk: 65_536 }).text, lazy: true }],
  };
}

describe('a lazy context in a cell', { timeout: 60_000 }, () => {
  it.each<TextEncoding>(['utf-8', 'utf-16le', 'utf-16be'])('is searched and sliced as a string is, in %s', async (encoding) => {
    const session = await testSession(large(encoding));
    const middle = CONTENT.indexOf('line 20000:');
    const ran = await session.run(`
      const found = context.indexOf('line 20000:');
      const codes = [context.charCodeAt(found), context.at(-2), context[found + 1], context.codePointAt(context.length - 3)];
      const users = context.match(/user=3 /g).length;
      let first = null;
      for (const m of context.matchAll(/line (\\d+): user=6/g)) { first = m; break; }
      let lines = 0, long = '';
      for (const l of context.lines()) { lines++; if (l.startsWith('line 31234:')) { long = l; } }
      print(context.length, found, codes, users, first[1], first.index, lines, long);
      print(/line 39999/.test(context), context.search(/line 777:/), context.includes('nowhere'), context.split('\\n', 2));
      print(context.slice(found, found + 12), grep(/line 12345:/)[0].index);
    `);
    expect(ran.error).toBeNull();
    const six = CONTENT.indexOf('line 6:');
    expect(ran.printed.split('\n').slice(0, 3)).toEqual([
      `${CONTENT.length} ${middle} [108, "\\ude00", "i", 128512] 5714 6 ${six} 40000 ${line(31234).trim()}`,
      `true ${CONTENT.indexOf('line 777:')} false ["${line(0).trim()}", "${line(1).trim()}"]`,
      `line 20000:  ${CONTENT.indexOf('line 12345:')}`,
    ]);
  });

  it('is a string to typeof, shows its ends, and is told among the variables', async () => {
    const session = await testSession(large());
    const ran = await session.run('const all = context, part = context.slice(10); print(typeof context); SHOW_VARS()');
    expect(ran.printed).toBe(
      `string\nall: text, ${CONTENT.length} characters\npart: string, ${CONTENT.length - 10} characters\n`,
    );
    expect(ran.variables.map(({ name, kind, size }) => [name, kind, size])).toEqual([
      ['all', 'text', CONTENT.length],
      ['part', 'string', CONTENT.length - 10],
    ]);
    expect(ran.variables[0]?.preview).toBe(`${CONTENT.slice(0, 199)}…`);
    const shown = await session.run('print(context); [context]');
    expect(shown.printed).toMatch(/^\[text of \d+ characters: "line 0: .*" … ".*"\]\n\[\n  \[text of \d+ characters: /);
    expect(shown.printed.length).toBeLessThan(600);
    expect((await session.run('1')).variables).toEqual([]);
  });

  it.each([
    ['`${context}`', /never copied whole.*slice\(from, to\)/],
    ['context + "!"', /never copied whole/],
    ['context.toUpperCase()', /toUpperCase.*flag i/],
    ['context.replaceAll("a", "b")', /replace in slices/],
    ['["x", context].join("")', /never copied whole/],
    ['FINAL(context)', /an answer: .*slice\(from, to\)/],
    ['all = context; FINAL_VAR("all")', /an answer: .*slice/],
    ['await llm_query(context)', /more than one prompt holds.*slice.*rlm_query\(question, text\)/],
    ['await llm_query_batched(["a", context])', /prompt 1.*more than one prompt holds/],
    ['answer = { content: context, ready: true }', /an answer: /],
  ])('is not copied whole by %s, which says what to write', async (code, sentence) => {
    const ran = await (await testSession(large())).run(code);
    expect(ran).toMatchObject({ ok: false, final: null, queries: [] });
    expect(ran.error?.message).toMatch(sentence);
    expect(ran.error?.message).toContain(`text of ${CONTENT.length} characters`);
  });

  it('is told in JSON, and is a draft by its ends', async () => {
    const session = await testSession(large());
    expect((await session.run('JSON.stringify({ context })')).printed).toBe(
      `{"context":"«text of ${CONTENT.length} characters»"}\n`,
    );
    expect((await session.run('answer.content = context; 1')).draft).toMatch(/^\[text of \d+ characters/);
    expect((await session.run('answer.content = context.slice(0, 5); 1')).draft).toBe('line ');
  });

  it('acts as the string where it is short', async () => {
    const session = await testSession({ single: true, texts: [{ text: fileOf('naïve\n中文').text, lazy: true }] });
    const ran = await session.run(
      'print(context, [context], `<${context}>`, context.toUpperCase(), context == "naïve\\n中文"); const r = await llm_query(context); FINAL(context)',
    );
    expect(ran).toMatchObject({ error: null, final: { text: 'naïve\n中文' }, queries: [{ prompt: 'naïve\n中文' }] });
    expect(ran.printed).toBe('naïve\n中文 ["naïve\\n中文"] <naïve\n中文> NAÏVE\n中文 true\n');
  });

  it('stands in an array beside strings', async () => {
    const session = await testSession({
      single: false,
      texts: [
        { text: stringText('short', { document: 's', from: 0 }), lazy: false },
        ...large().texts,
      ],
    });
    const ran = await session.run(
      'print(context.map(t => typeof t), context.map(t => t.length), context.filter(t => t.includes("line 39999")).length, Array.isArray(context), Object.isFrozen(context)); context.join("\\n")',
    );
    expect(ran.printed).toBe(`["string", "string"] [5, ${CONTENT.length}] 1 true true\n`);
    expect(ran.error?.message).toMatch(/never copied whole/);
  });

  it('has lines() as strings have there, so that an array of both is gone through alike', async () => {
    const texts = ['', 'a', 'a\n', '\n\n', 'a\r\nb\n中😀'].flatMap((content, index) => [
      { text: stringText(content, { document: `${index}`, from: 0 }), lazy: false },
      { text: fileOf(content).text, lazy: true },
    ]);
    const session = await testSession({ single: false, texts });
    const ran = await session.run('print(JSON.stringify(context.map((text) => [...text.lines()])))');
    const lines = [[], ['a'], ['a'], ['', ''], ['a\r', 'b', '中😀']];
    expect(JSON.parse(ran.printed)).toEqual(lines.flatMap((each) => [each, each]));
    expect((await session.run('print(Object.keys(String.prototype), [..."x\\ny".lines()])')).printed).toBe('[] ["x", "y"]\n');
  });

  it('cannot be forged or broken by a cell', async () => {
    const session = await testSession(large());
    const ran = await session.run(`
      const proto = Object.getPrototypeOf(context);
      const tries = [
        () => { 'use strict'; context.length = 1 },
        () => { 'use strict'; context.slice = 1 },
        () => { 'use strict'; context.__proto__ = null },
        () => { 'use strict'; proto.slice = 1 },
        () => Object.setPrototypeOf(proto, null),
        () => Object.create(proto).slice(0, 1),
        () => proto.slice.call({ ref: 0, from: 0, to: 5 }, 0, 1),
        () => \`\${Object.create(context)}\`,
      ].map((f) => { try { return f() } catch (e) { return e.name } });
      Object.prototype.get = Object.prototype.ref = () => 666;
      WeakMap.prototype.get = WeakMap.prototype.has = () => ({ ref: 0, from: 0, to: 1e9 });
      String.prototype.slice = String.prototype.charCodeAt = () => 'poison';
      Reflect.apply = Proxy = Symbol = RangeError = null;
      print(tries.join(), context.length, context[0], context.at(1), context.indexOf('line 5:'), Object.keys(context));
    `);
    expect(ran.error).toBeNull();
    expect(ran.printed.split('\n', 1)[0]).toBe(
      `${Array.from({ length: 8 }, () => 'TypeError').join()} ${CONTENT.length} l i ${CONTENT.indexOf('line 5:')} []`,
    );
    const after = await session.run('print(context); FINAL(context)');
    expect(after.printed).toMatch(/^\[text of \d+ characters: "line 0/);
    expect(after.error?.name).toBe('RangeError');
  });
});

describe('what a child is given', { timeout: 60_000 }, () => {
  const contexts = (queries: readonly GuestQuery[]) =>
    queries.map((query) => (query.kind === 'rlm' ? query.context : undefined));
  const ask = 'for (const [i, c] of given.entries()) await rlm_query("q" + i, c)';

  it('is a range where it is a lazy text, the context or a slice of it, and nothing is copied', async () => {
    const session = await testSession(large());
    const ran = await session.run(
      `const given = [context, context.slice(1000, 200_000), [context.slice(0, 70_000), 'made'], { name: 'Part', text: context.slice(5, 100_005) }, { name: 'All', text: context }]; ${ask}`,
    );
    const range = (name: string, from: number, to: number) => ({ name, document: 'd', from, to });
    expect(ran.error).toBeNull();
    expect(contexts(ran.queries)).toEqual([
      null,
      { kind: 'texts', single: true, texts: [range('context', 1000, 200_000)] },
      { kind: 'texts', single: false, texts: [range('part 1', 0, 70_000), { name: 'part 2', text: 'made' }] },
      { kind: 'texts', single: true, texts: [range('Part', 5, 100_005)] },
      { kind: 'texts', single: true, texts: [range('All', 0, CONTENT.length)] },
    ]);
  });

  it('is a range of a string too, found by its content', async () => {
    const content = CONTENT.slice(0, 500_000);
    const session = await testSession([content, 'small']);
    const ran = await session.run(
      `const given = [context, context[0], context[1], [context[0].slice(100, 90_100), context[0].slice(0, 50)], context[0].slice(7).toUpperCase().slice(0, 70_000)]; ${ask}`,
    );
    const upper = content.slice(7).toUpperCase().slice(0, 70_000);
    expect(contexts(ran.queries)).toEqual([
      null,
      { kind: 'texts', single: true, texts: [{ name: 'doc-0.txt', document: 'doc-0', from: 0, to: 500_000 }] },
      { kind: 'texts', single: true, texts: [{ name: 'context', text: 'small' }] },
      {
        kind: 'texts',
        single: false,
        texts: [
          { name: 'part 1', document: 'doc-0', from: 100, to: 90_100 },
          { name: 'part 2', text: content.slice(0, 50) },
        ],
      },
      { kind: 'texts', single: true, texts: [{ name: 'context', text: upper }] },
    ]);
  });

  it('is opened by reference, and handed on from there', async () => {
    const document = source('log', CONTENT);
    const repl = createLocalRepl({ documents: [document], read, heldBytes: 0 });
    const { signal } = new AbortController();
    const open = (context: ReplContext) => repl.open({ context, memoryBytes: 2 ** 28 }, signal);
    const seen: GuestQuery[] = [];
    let printed = '';
    const run = async (context: ReplContext, code: string) => {
      const session = await open(context);
      const outcome = await session.run(
        { code, cpuMs: 20_000, budget: BUDGET, now: 0, seed: 0 },
        {
          print: (text) => (printed += text),
          query: async (query) => {
            seen.push(query);
            return { ok: true, text: 'done', budget: BUDGET, now: 0 };
          },
        },
        signal,
      );
      expect(outcome.error).toBeNull();
      return session.documents;
    };
    const range = { name: 'part', document: 'log', from: 100, to: 1_200_100 };
    const documents = await run(
      { kind: 'texts', single: true, texts: [range] },
      'print(context.length, context.slice(0, 20), documents[0].lazy); const r = await rlm_query("q", context.slice(50, 1_150_000))',
    );
    expect(documents).toMatchObject([{ name: 'part', chars: 1_200_000, lazy: true }]);
    expect(printed).toBe(`1200000 ${CONTENT.slice(100, 120)} true\n`);
    expect(contexts(seen)).toEqual([
      { kind: 'texts', single: true, texts: [{ name: 'context', document: 'log', from: 150, to: 1_150_100 }] },
    ]);
  });
});
