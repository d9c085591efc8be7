import { describe, expect, it } from 'vitest';
import { fetchFile, type Fetching } from './fetch-file.ts';

type Asked = { url: string; init: RequestInit };

function fetching(response: () => Response | Promise<Response>, options: Partial<Fetching> = {}) {
  const asked: Asked[] = [];
  const progress: [number, number][] = [];
  const parts: Fetching = {
    fetch: async (url, init) => {
      asked.push({ url, init });
      return response();
    },
    signal: new AbortController().signal,
    onProgress: (done, total) => progress.push([done, total]),
    ...options,
  };
  return { asked, progress, get: (url: string) => fetchFile(url, parts) };
}
const answer = (body: BodyInit | null, headers: Record<string, string> = {}, status = 200) => new Response(body, { status, headers });
const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'was fetched',
    (reason: Error) => {
      expect(reason.name).toBe('UnreadableFile');
      return reason.message;
    },
  );

describe('fetchFile', () => {
  it('fetches a file, without a word on who asks', async () => {
    const { get, asked, progress } = fetching(() => answer('one two', { 'content-type': 'text/plain', 'content-length': '7' }));
    const file = await get('https://example.org/a/notes.txt?key=1#top');
    expect(file.name).toBe('notes.txt');
    expect(await file.text()).toBe('one two');
    expect(asked).toMatchObject([
      { url: 'https://example.org/a/notes.txt?key=1', init: { credentials: 'omit', referrerPolicy: 'no-referrer' } },
    ]);
    expect(asked[0]?.init.headers).toBeUndefined();
    expect(progress.at(-1)).toEqual([7, 7]);
  });

  it('does not believe the length of what is compressed on the way', async () => {
    const { get, progress } = fetching(() => answer('one two', { 'content-encoding': 'gzip', 'content-length': '3' }));
    await get('https://example.org/a.txt');
    expect(progress.at(-1)).toEqual([7, 0]);
  });

  it.each([
    ['https://example.org/report', { 'content-type': 'application/pdf' }, 'report.pdf'],
    ['https://example.org/', { 'content-type': 'text/html; charset=utf-8' }, 'example.org.html'],
    ['https://example.org', { 'content-type': 'application/x-own' }, 'example.org'],
    ['https://example.org/a%20b/caf%C3%A9.md', { 'content-type': 'text/plain' }, 'café.md'],
    ['https://example.org/%E0%A4%A', {}, '%E0%A4%A.txt'],
    ['https://example.org/paper-v1.2', { 'content-type': 'application/pdf' }, 'paper-v1.2.pdf'],
    ['https://example.org/get', { 'content-disposition': 'attachment; filename="the \\"file\\".csv"' }, 'the "file".csv'],
    ['https://example.org/get', { 'content-disposition': "attachment; filename=a.txt; filename*=UTF-8''%e2%82%ac.txt" }, '€.txt'],
    ['https://example.org/get', { 'content-disposition': 'attachment; filename=../../x.txt' }, 'x.txt'],
    ['https://example.org/get.php', { 'content-disposition': 'inline', 'content-type': 'text/html' }, 'get.php'],
  ])('%s %j is named %s', async (url, headers, name) => {
    expect((await fetching(() => answer('x', headers as Record<string, string>)).get(url)).name).toBe(name);
  });

  it('turns text of a rare encoding into UTF-8, and leaves the rest alone', async () => {
    const bytes = new Uint8Array([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    const types = ['text/plain; charset=windows-1251', 'application/pdf; charset=windows-1251', 'text/plain; charset=latin1', 'text/plain; charset=no-such'];
    const files = await Promise.all(types.map((type) => fetching(() => answer(bytes, { 'content-type': type })).get('https://example.org/a')));
    const read = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(read[0])).toBe('\ufeffПривет');
    for (const same of read.slice(1)) expect(same).toEqual(bytes);
  });

  it.each([
    ['nothing', /^This is no web address: write one/],
    ['ftp://example.org/a', /^Addresses that begin with ftp: are not fetched/],
    ['https://me:secret@example.org/a', /^An address with a password in it is not fetched/],
    ['http://example.org/a', /^This page may not fetch from http:\/\/ addresses of other machines: try https/],
  ])('does not even ask for %s', async (url, sentence) => {
    const { get, asked } = fetching(() => answer('x'));
    expect(await refusal(get(url))).toMatch(sentence);
    expect(asked).toEqual([]);
  });

  it('asks this machine over http', async () => {
    expect((await fetching(() => answer('x')).get('http://localhost:8000/a.txt')).name).toBe('a.txt');
  });

  it.each([
    [401, /does not give this to everybody \(HTTP 401\)/],
    [404, /nothing at this address \(HTTP 404\): check it/],
    [429, /wants fewer requests/],
    [503, /answered with an error \(HTTP 503\): try again later/],
  ])('says what HTTP %i is', async (status, sentence) => {
    expect(await refusal(fetching(() => answer('x', {}, status)).get('https://example.org/a?token=secret'))).toMatch(sentence);
  });

  it('says both of what a browser does not tell apart, and nothing of the address beyond its host', async () => {
    const failed = fetching(() => Promise.reject(new TypeError('Failed to fetch')));
    const said = await refusal(failed.get('https://example.org/a?token=secret'));
    expect(said).toMatch(/^example\.org cannot be reached, or does not let web pages read this \(CORS.*: download it and add the file\.$/);
    expect(said).not.toContain('secret');
  });

  it('stops at the most that is fetched, said or not', async () => {
    let sent = 0;
    const endless = () =>
      answer(new ReadableStream({ pull: (controller) => (sent += 1, controller.enqueue(new Uint8Array(1000))) }));
    expect(await refusal(fetching(endless, { most: 10_000 }).get('https://example.org/a'))).toMatch(/sends more than/);
    expect(sent).toBeLessThan(20);
    const said = fetching(() => answer('x', { 'content-length': '20000' }), { most: 10_000 });
    expect(await refusal(said.get('https://example.org/a'))).toMatch(/sends more than/);
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    const endless = () => answer(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000)) }));
    const { get } = fetching(endless, { signal: abort.signal, onProgress: (done) => done > 5000 && abort.abort() });
    await expect(get('https://example.org/a')).rejects.toMatchObject({ name: 'AbortError' });
  });
});
