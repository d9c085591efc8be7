import { describe, expect, it, vi } from 'vitest';
import type { SurveyEntry } from '../documents/survey.ts';
import { desk, file, settled } from './testing/desk.ts';

const entry = (path: string, more: Partial<SurveyEntry> = {}): SurveyEntry => ({
  path,
  bytes: 10,
  kind: 'text',
  skip: null,
  readable: true,
  chars: 10,
  ...more,
});
const picture = (path: string) => entry(path, { kind: null, skip: 'PNG picture', readable: false });
const many = (count: number) => Array.from({ length: count }, (_, n) => entry(`${n}.txt`));

type Desk = ReturnType<typeof desk>;
const rows = ({ library }: Desk) => library.getState().items.map(({ name, status }) => `${name} ${status}`);
const readAll = async (page: Desk) => {
  while (page.reading.size > 0) {
    for (const name of page.reading.keys()) page.finishReading(name);
    await settled();
  }
};

describe('a small archive', () => {
  it('becomes what is inside of it, in its place, and says what was left out', async () => {
    const page = desk();
    const adding = page.commands.addFiles(['a.txt', 'x.zip', 'z.txt'].map((name) => file(name)));
    await settled();
    page.finishOpening('x.zip', [entry('one.txt'), picture('p.png'), entry('d/two.txt'), picture('q.png'), entry('l', { skip: 'lock file' })]);
    await settled();
    expect(rows(page)).toEqual(['a.txt reading', 'x.zip/one.txt reading', 'x.zip/d/two.txt reading', 'x.zip note', 'z.txt reading']);
    expect(page.library.getState().items[3]).toMatchObject({
      message: '3 of 5 files were left out: PNG picture (2), lock file.',
    });
    expect(page.requests('read').slice(3)).toMatchObject([{ source: { from: 'archive', entry: 0 } }, { source: { entry: 2 } }]);
    expect(page.requests('closeArchive')).toEqual([]);
    await readAll(page);
    await adding;
    expect(rows(page)).toEqual(['a.txt ready', 'x.zip/one.txt ready', 'x.zip/d/two.txt ready', 'x.zip note', 'z.txt ready']);
    expect(page.requests('closeArchive')).toHaveLength(1);
    expect(page.sentences()).toEqual([]);
  });

  it('in another archive is opened too', async () => {
    const page = desk();
    const adding = page.commands.addFiles([file('outer.zip')]);
    await settled();
    page.finishOpening('outer.zip', [entry('inner.zip', { kind: 'zip' }), entry('b.txt')]);
    await settled();
    page.finishOpening('outer.zip/inner.zip', [entry('a.txt')]);
    await settled();
    expect(rows(page)).toEqual(['outer.zip/inner.zip/a.txt reading', 'outer.zip/b.txt reading']);
    const [outer, inner] = page.requests('read') as { id: string }[];
    await readAll(page);
    await adding;
    expect(page.requests('closeArchive')).toEqual([{ id: inner?.id }, { id: outer?.id }]);
  });

  it('of archives of archives of archives ends, and says what was not opened', async () => {
    const page = desk();
    const ten = Array.from({ length: 10 }, (_, n) => entry(`${n}.zip`, { kind: 'zip' }));
    const adding = page.commands.addFiles([file('bomb.zip')]);
    await settled();
    while (page.reading.size > 0) {
      for (const name of page.reading.keys()) page.finishOpening(name, ten);
      await settled();
    }
    await adding;
    // Those in the archive itself, and 300 further down.
    expect(page.requests('read')).toHaveLength(1 + 10 + 300);
    expect(rows(page).every((row) => row.endsWith(' failed'))).toBe(true);
    expect(page.sentences()[0]).toMatch(/holds nothing that can be read: archive past the 300 that are opened inside of others \(10\)\.$/);
  });

  it('with nothing that can be read says so', async () => {
    const page = desk();
    const adding = page.commands.addFiles([file('x.zip'), file('y.zip')]);
    await settled();
    page.finishOpening('x.zip', [picture('p.png')]);
    page.finishOpening('y.zip', []);
    await adding;
    expect(rows(page)).toEqual(['x.zip failed', 'y.zip failed']);
    expect(page.sentences()).toEqual([
      '“x.zip” holds nothing that can be read: PNG picture.',
      '“y.zip” is empty: there is no file in it.',
    ]);
    expect(page.requests('closeArchive')).toHaveLength(2);
  });

  it('that was removed while it was opened is closed, without a word', async () => {
    const page = desk();
    const adding = page.commands.addFiles([file('x.zip')]);
    await settled();
    page.commands.removeDocument(page.library.getState().items[0]?.id ?? '');
    page.finishOpening('x.zip', [entry('a.txt')]);
    await adding;
    expect(page.requests('read')).toHaveLength(1);
    expect(page.requests('closeArchive')).toHaveLength(1);
    expect([...rows(page), ...page.sentences()]).toEqual([]);
  });

  it('goes on without what is removed of it, and unpacks a few at a time', async () => {
    const page = desk();
    const adding = page.commands.addFiles([file('x.zip')]);
    await settled();
    page.finishOpening('x.zip', many(20));
    await settled();
    expect(page.reading.size).toBe(6);
    const last = page.library.getState().items.at(-1);
    page.commands.removeDocument(last?.id ?? '');
    await readAll(page);
    await adding;
    expect(page.requests('read')).toHaveLength(1 + 19);
    expect(rows(page)).toHaveLength(19);
  });
});

describe('a large archive', () => {
  it('waits for what is wanted of it, which then stands in its place', async () => {
    const page = desk();
    const adding = page.commands.addFiles(['a.txt', 'x.zip', 'z.txt'].map((name) => file(name)));
    await settled();
    page.finishOpening('x.zip', many(31));
    await settled();
    expect(page.survey.getState().survey).toMatchObject({ title: 'x.zip', of: 'archive', phase: 'ready' });
    expect(page.survey.getState().survey?.entries).toHaveLength(31);
    // It is not being read: a question may be asked about the others.
    expect(rows(page)).toEqual(['a.txt reading', 'z.txt reading']);
    page.commands.answerSurvey([4, 2]);
    await settled();
    expect(page.survey.getState().survey).toBeNull();
    expect(rows(page)).toEqual(['a.txt reading', 'x.zip/2.txt reading', 'x.zip/4.txt reading', 'z.txt reading']);
    await readAll(page);
    await adding;
    expect(page.requests('closeArchive')).toHaveLength(1);
  });

  it('asks where much comes out of few files, or only files that are usually left out', async () => {
    const page = desk();
    void page.commands.addFiles([file('big.zip')]);
    await settled();
    page.finishOpening('big.zip', [entry('a.txt', { bytes: 100_000_001 })]);
    await settled();
    expect(page.survey.getState().survey?.title).toBe('big.zip');
    page.commands.answerSurvey(null);
    await settled();
    void page.commands.addFiles([file('locks.zip')]);
    await settled();
    page.finishOpening('locks.zip', [entry('yarn.lock', { skip: 'lock file' })]);
    await settled();
    expect(page.survey.getState().survey?.title).toBe('locks.zip');
  });

  it('comes after another that is asked about, and none of it is read where it is not wanted', async () => {
    const page = desk();
    const adding = page.commands.addFiles([file('x.zip'), file('y.zip')]);
    await settled();
    page.finishOpening('x.zip', many(40));
    page.finishOpening('y.zip', many(50));
    await settled();
    expect(page.survey.getState().survey?.title).toBe('x.zip');
    page.commands.answerSurvey(null);
    await settled();
    expect(page.survey.getState().survey?.title).toBe('y.zip');
    expect(page.requests('closeArchive')).toHaveLength(1);
    page.commands.answerSurvey([]);
    await adding;
    expect(rows(page)).toEqual([]);
    expect(page.requests('closeArchive')).toHaveLength(2);
  });
});

describe('a folder', () => {
  const files = ['src/a.ts', 'src/b.ts', 'yarn.lock'].map((path) => ({ file: file(path.split('/').at(-1) ?? ''), path }));
  const pruned = [{ path: 'node_modules', why: 'installed packages' }];

  it('is looked at, asked about, and read as far as it is wanted', async () => {
    const page = desk();
    let looked: (entries: readonly SurveyEntry[]) => void = () => undefined;
    page.answers.set('survey', () => new Promise((resolve) => (looked = resolve)));
    const adding = page.commands.addFolder('project', files, pruned);
    await settled();
    expect(page.survey.getState().survey).toEqual({ title: 'project', of: 'folder', phase: 'looking', entries: [], pruned });
    // Too early: nothing was shown yet.
    page.commands.answerSurvey([0]);
    looked(files.map(({ path }) => entry(path)));
    await settled();
    expect(page.survey.getState().survey).toMatchObject({ phase: 'ready', pruned });
    page.commands.answerSurvey([1, 2, 9]);
    await settled();
    expect(rows(page)).toEqual(['src/b.ts reading', 'yarn.lock reading']);
    await readAll(page);
    await adding;
    expect(rows(page)).toEqual(['src/b.ts ready', 'yarn.lock ready']);
  });

  it('is not looked at any longer than the person wants', async () => {
    const page = desk();
    page.answers.set('survey', () => new Promise(() => undefined));
    const adding = page.commands.addFolder('project', files, pruned);
    await settled();
    page.commands.answerSurvey(null);
    await adding;
    const [asked] = page.requests('survey') as { id: string }[];
    expect(page.requests('cancel')).toEqual([{ id: asked?.id }]);
    expect(page.survey.getState().survey).toBeNull();
    expect(rows(page)).toEqual([]);
  });

  it('that cannot be looked at says so', async () => {
    const page = desk();
    page.answers.set('survey', () => Promise.reject(new Error('The disk is gone.')));
    await page.commands.addFolder('project', files, pruned);
    expect(page.sentences()).toEqual(['project could not be looked into: The disk is gone.']);
  });

  it('of many files is looked into a few at a time, and their sizes come from there', async () => {
    const page = desk();
    const all = Array.from({ length: 120 }, (_, n) => ({ file: file(`${n}.txt`), path: `d/${n}.txt` }));
    page.answers.set('survey', (params) => (params as { files: typeof all }).files.map(({ path }) => ({ ...entry(path), bytes: 77 })));
    void page.commands.addFolder('d', all, []);
    await settled();
    expect(page.requests('survey').map((asked) => (asked as { files: typeof all }).files.length)).toEqual([50, 50, 20]);
    page.commands.answerSurvey([...all.keys()]);
    await settled();
    expect(page.library.getState().items.map(({ name, bytes }) => [name, bytes])).toEqual(all.map(({ path }) => [path, 77]));
  });

  it('of two thousand files is one list, and is drawn as one', async () => {
    const page = desk();
    const all = Array.from({ length: 2000 }, (_, n) => ({ file: file(`${n}.txt`), path: `d/${n}.txt` }));
    page.answers.set('survey', (params) => (params as { files: typeof all }).files.map(({ path }) => entry(path)));
    const adding = page.commands.addFolder('d', all, []);
    await vi.waitFor(() => expect(page.survey.getState().survey?.phase).toBe('ready'), 60_000);
    let draws = 0;
    page.library.subscribe(() => (draws += 1));
    page.commands.answerSurvey([...all.keys()]);
    await settled();
    expect(draws).toBe(1);
    // The page draws in between: they are not sent in one go.
    expect(page.requests('read').length).toBeLessThan(100);
    await vi.waitFor(() => expect(page.requests('read')).toHaveLength(2000), 60_000);
    expect(draws).toBe(1);
    for (const { path } of all) page.finishReading(path);
    await adding;
    expect(rows(page).at(-1)).toBe('d/1999.txt ready');
  });
});

describe('a web address', () => {
  it('is fetched, and shown without what may be secret in it', async () => {
    const page = desk();
    const url = 'https://example.org/a/report.pdf?token=secret';
    const adding = page.commands.addAddress(url);
    expect(rows(page)).toEqual(['example.org/a/report.pdf reading']);
    await settled();
    expect(page.requests('read')).toMatchObject([{ path: '', source: { from: 'url', url } }]);
    page.finishReading(url, '', 'report.pdf');
    await adding;
    expect(rows(page)).toEqual(['report.pdf ready']);
    expect(JSON.stringify(page.library.getState())).not.toContain('secret');
  });

  it('that is pasted alone is fetched, and in a text is text', async () => {
    const page = desk();
    void page.commands.addText(' https://example.org/a.txt\n');
    void page.commands.addText('see https://example.org/b.txt');
    await settled();
    expect([...page.reading.keys()]).toEqual(['https://example.org/a.txt', 'see https:--example.org-b.txt.txt']);
  });

  it('says why it could not be fetched', async () => {
    const page = desk();
    const adding = page.commands.addAddress('https://example.org/a?b');
    await settled();
    page.reading.get('https://example.org/a?b')?.reject(new Error('There is nothing at this address (HTTP 404): check it.'));
    await adding;
    expect(page.sentences()).toEqual(['example.org/a: There is nothing at this address (HTTP 404): check it.']);
  });
});

it('a document that is removed while it is looked at is not shown any more', async () => {
  const page = desk();
  void page.commands.addFiles([file('a.txt'), file('b.txt')]);
  await settled();
  await readAll(page);
  const [a, b] = page.library.getState().items;
  page.commands.openSource({ document: a?.id ?? '', passage: null });
  page.commands.removeDocument(b?.id ?? '');
  expect(page.source.getState().view).not.toBeNull();
  page.commands.removeDocument(a?.id ?? '');
  expect(page.source.getState().view).toBeNull();
  expect(page.requests('closePages')).toHaveLength(1);
});
