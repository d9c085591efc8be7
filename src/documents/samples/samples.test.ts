import { describe, expect, it } from 'vitest';
import { readText } from '../read-text.ts';
import { SAMPLES } from './catalogue.ts';
import { RECIPES, generateFiles } from './generate.ts';
import { MEMBERS, TOWNS } from './lighthouse-rules.ts';
import type { Ticket } from './support-tickets.ts';

const sample = (id: string) => {
  const [found, recipe] = [SAMPLES.find((each) => each.id === id), RECIPES[id]];
  if (!found || !recipe) throw new Error(`no sample ${id}`);
  return { ...found, recipe };
};
const textsOf = async (id: string): Promise<string[]> =>
  Promise.all((await generateFiles(sample(id).recipe)).map((file) => file.text()));

/** Blanks left open and wrong articles, with what stands around them. */
const slips = (text: string): string[] =>
  [...text.matchAll(/.{0,20}([{}]|undefined|\b[Aa] [aeio]|\b[Aa]n (?!hour)[^aeiouAEIOU]|  |\.\.).{0,20}/g)].map(
    ([slip]) => slip,
  );

describe('the catalogue', () => {
  it('has a recipe for every sample and nothing else', () => {
    expect(SAMPLES.map(({ id }) => id).toSorted()).toEqual(Object.keys(RECIPES).toSorted());
  });

  it.each(SAMPLES.map(({ id }) => id))('tells the truth about %s', { timeout: 60_000 }, async (id) => {
    const { recipe, ...told } = sample(id);
    const files = await generateFiles(recipe);
    const documents = await Promise.all(files.map((file) => readText(file, { id: file.name })));
    const sum = (key: 'chars' | 'lines') => documents.reduce((all, { info }) => all + info[key], 0);
    expect(files).toHaveLength(told.files);
    expect(sum('lines')).toBe(told.lines);
    expect(Math.abs(sum('chars') / 4 / told.tokens - 1)).toBeLessThan(0.01);
    if (files.length === 1) expect(files[0]?.name).toBe(told.title);
    expect(documents.every(({ text, notice }) => text.encoding === 'utf-8' && notice === null)).toBe(true);
    expect(documents.map(({ info }) => info.sha256.slice(0, 16))).toMatchSnapshot();
  });

  it('stops writing when told to', async () => {
    const abort = new AbortController();
    const writing = generateFiles(sample('chronicle-complete').recipe, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tells its progress, rising to the end', async () => {
    const seen: number[] = [];
    const options = { kind: 'chronicle', name: 'a.txt', seed: 'x', chars: 6_000_000 } as const;
    await generateFiles(options, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });
});

describe('the chronicle', () => {
  it('says the combination once, somewhere in the middle, among other safes and combinations', async () => {
    const [text = ''] = await textsOf('chronicle');
    const found = [...text.matchAll(/combination of the harbour master's safe was (\d\d-\d\d-\d\d)/g)];
    expect(found.map((match) => match[1])).toEqual(sample('chronicle').gold);
    expect(text.split(sample('chronicle').gold[0] ?? '')).toHaveLength(2);
    const depth = (found[0]?.index ?? 0) / text.length;
    expect(depth).toBeGreaterThan(0.1);
    expect(depth).toBeLessThan(0.9);
    for (const word of [/\bsafe\b/g, /\bharbour master\b/g, /\bcombination\b/gi]) {
      expect((text.match(word) ?? []).length).toBeGreaterThan(20);
    }
  });

  it('puts the needle elsewhere, and says another number, for another seed', async () => {
    const depths: number[] = [];
    const numbers = new Set<string>();
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const [file] = await generateFiles({ kind: 'chronicle', name: 'a.txt', seed, chars: 200_000 });
      const text = (await file?.text()) ?? '';
      const match = /safe was (\d\d-\d\d-\d\d)/.exec(text);
      depths.push((match?.index ?? 0) / text.length);
      numbers.add(match?.[1] ?? '');
    }
    expect(numbers.size).toBe(6);
    expect(Math.max(...depths) - Math.min(...depths)).toBeGreaterThan(0.2);
  });

  it('does not read like noise: paragraphs differ, and no blank is left open', async () => {
    const [text = ''] = await textsOf('chronicle');
    const paragraphs = text.split('\n\n').filter((paragraph) => paragraph.length > 120);
    expect(new Set(paragraphs).size).toBe(paragraphs.length);
    expect(slips(text)).toEqual([]);
    expect(text.match(/[^\n -~]/g)).toBeNull();
  });
});

describe('the tickets', () => {
  const gold = (tickets: readonly Ticket[], open: (ticket: Ticket) => boolean): [string, number][] => {
    const counts = new Map<string, number>();
    for (const ticket of tickets.filter(open)) {
      counts.set(ticket.region, (counts.get(ticket.region) ?? 0) + 1);
    }
    return [...counts].toSorted(([, a], [, b]) => b - a);
  };

  it('answer by their fields and by their words alike', async () => {
    const [text = ''] = await textsOf('tickets');
    const tickets = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Ticket);
    const byField = gold(tickets, ({ refund_status }) => refund_status === 'promised');
    const promise = /promise|approved a refund|will refund/;
    const byText = gold(tickets, ({ thread }) => promise.test(thread) && !/^ledger: /m.test(thread));
    expect(byText).toEqual(byField);
    const [first, second] = byField;
    expect([first?.[0], String(first?.[1])]).toEqual(sample('tickets').gold);
    expect((first?.[1] ?? 0) - (second?.[1] ?? 0)).toBeGreaterThan(10);
  });

  it('cannot be answered by counting all tickets, or all promises', async () => {
    const [text = ''] = await textsOf('tickets');
    const tickets = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Ticket);
    const [region] = sample('tickets').gold;
    expect(gold(tickets, () => true)[0]?.[0]).not.toBe(region);
    expect(gold(tickets, ({ thread }) => /refund/.test(thread))[0]?.[0]).not.toBe(region);
    expect(gold(tickets, ({ refund_status }) => refund_status === 'paid')[0]?.[0]).not.toBe(region);
    expect(new Set(tickets.map(({ id }) => id)).size).toBe(tickets.length);
    expect(slips(tickets.map(({ subject, thread }) => `${subject}\n${thread}`).join('\n'))).toEqual([]);
  });
});

describe('the lighthouse papers', () => {
  it('give the answer to two readers together and to neither alone', async () => {
    const texts = await textsOf('lighthouse');
    const logs = texts.filter((text) => /winter of 1911/.test(text) && /lighthouse keeper/i.test(text));
    expect(logs).toHaveLength(1);
    const [log = ''] = logs;
    const keeper = /lighthouse keeper[^.]*? (?:was |1911: )([A-Z]\w+ [A-Z]\w+)/i.exec(log)?.[1] ?? '';
    expect(MEMBERS.some((member) => member.startsWith(`${keeper}|`))).toBe(true);
    const births = texts.filter((text) => new RegExp(`${keeper}[^.]* was born in`).test(text));
    expect(births).toHaveLength(1);
    const town = /was born in ([A-Z]\w+)/.exec(births[0] ?? '')?.[1] ?? '';
    expect([town]).toEqual(sample('lighthouse').gold);
    expect(log).not.toContain(town);
    expect(births[0]).not.toMatch(/1911|lighthouse keeper/);
    expect(texts.filter((text) => text.includes(town))).toHaveLength(1);
  });

  it('have a keeper for every winter and a birthplace for everyone', async () => {
    const all = (await textsOf('lighthouse')).join('\n');
    for (const winter of [1906, 1907, 1908, 1909, 1910, 1911, 1912, 1913, 1914]) {
      expect(all).toMatch(new RegExp(`winter of ${winter}`, 'i'));
    }
    for (const town of TOWNS) expect(all.split(`born in ${town}`)).toHaveLength(2);
  });

  it('are short papers with names of their own', async () => {
    const files = await generateFiles(sample('lighthouse').recipe);
    expect(new Set(files.map(({ name }) => name)).size).toBe(40);
    for (const { size } of files) {
      expect(size).toBeGreaterThan(900);
      expect(size).toBeLessThan(3000);
    }
    expect(slips((await textsOf('lighthouse')).join('\n'))).toEqual([]);
  });
});
