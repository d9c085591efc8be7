import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode, encodeChunks, type Decoded, type DecodeError } from './codec.ts';
import { FORMAT, type LogEvent, type TrajectoryHeader } from './events.ts';
import { RunSettings, DEFAULT_SETTINGS } from './settings.ts';
import { arbitraryLog, LONG_TEXTS } from './testing/arbitrary-log.ts';
import { refundsLog } from './testing/refunds-log.ts';

const header: TrajectoryHeader = { format: FORMAT, version: 1, app: 'test@1', startedAt: '2026-07-01T10:00:00.000Z' };
const first = JSON.stringify(header);
const note = (seq: number, text = 'x'): LogEvent => ({ seq, at: seq, type: 'note.added', by: 'person', text });

function read(text: string): Decoded {
  const result = decode(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function refused(text: string): DecodeError {
  const result = decode(text);
  if (result.ok) throw new Error('was read');
  expect(result.error.message).toMatch(/^[A-Z].+\.$/s);
  return result.error;
}

describe('identity', () => {
  test('decode after encode gives the log back, encode after decode the file', () => {
    fc.assert(
      fc.property(arbitraryLog(), (log) => {
        const file = encode(log.header, log.events);
        const back = read(file);
        expect(back).toEqual({ ...log, warnings: [] });
        expect(encode(back.header, back.events)).toBe(file);
      }),
    );
  });

  test('the refunds log, in one piece and in chunks of whole lines', () => {
    const log = refundsLog();
    const file = encode(log.header, log.events);
    expect(read(file)).toEqual({ ...log, warnings: [] });
    const chunks = [...encodeChunks(log.header, log.events, 10_000)];
    expect(chunks.length).toBeGreaterThan(50);
    expect(chunks.every((chunk) => chunk.endsWith('\n'))).toBe(true);
    expect(chunks.join('')).toBe(file);
  });

  test('unknown events, unknown fields and unknown header fields are kept', () => {
    const events = [
      { seq: 0, at: 0, type: 'constructor', nested: { $text: 'no hash', list: [null, { a: 1 }] } },
      { ...note(1), colour: 'red' },
    ];
    const richer = { ...header, locale: 'en' };
    const back = read(encode(richer, events));
    expect(back.events).toEqual(events);
    expect(back.header).toEqual(richer);
  });
});

describe('repeated long texts', () => {
  const [long] = LONG_TEXTS;

  test('are stored once, in the header, and every line stays an event', () => {
    const events = [note(0, long), note(1, long), note(2, `${long}.`)];
    const file = encode(header, events);
    expect(file.split(long).length - 1).toBe(2); // once shared, once inside the longer text of its own
    const lines = file.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[1]?.['text']).toEqual({ $text: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(lines.slice(1).map((line) => line['seq'])).toEqual([0, 1, 2]);
    expect(read(file).events).toEqual(events);
  });

  test('at most 32,768 characters stay in place', () => {
    const limit = 'y'.repeat(32_768);
    expect(encode(header, [note(0, limit), note(1, limit)])).not.toContain('$text');
    expect(encode(header, [note(0, `${limit}y`), note(1, `${limit}y`)])).toContain('$text');
  });

  test('texts that share a hash, and data that looks like a reference, come back as they were', () => {
    const twins = [`${long}\ud800`, `${long}\ud801`];
    const events = twins.flatMap((text, index) => [note(index * 2, text), note(index * 2 + 1, text)]);
    expect(read(encode(header, events)).events).toEqual(events);

    const shared = JSON.parse(encode(header, [note(0, long), note(1, long)]).split('\n')[0] ?? '') as { texts: object };
    const hash = Object.keys(shared.texts)[0];
    const tricky = [note(0, long), note(1, long), { seq: 2, at: 2, type: 'future', value: { $text: hash } }];
    expect(read(encode(header, tricky)).events).toEqual(tricky);
  });
});

describe('what is refused, with a sentence', () => {
  test.each<[string, string, Partial<DecodeError>]>([
    ['nothing', '', { kind: 'empty' }],
    ['blank lines', '\n \r\n\ufeff', { kind: 'empty' }],
    ['prose', 'Dear reader,', { kind: 'not-ours' }],
    ['an array', '[1]', { kind: 'not-ours' }],
    ['null', 'null', { kind: 'not-ours' }],
    ['an official log', '{"type":"metadata","root_model":"gpt-5"}\n', { kind: 'not-ours' }],
    ['a newer version', JSON.stringify({ ...header, version: 2, app: 7 }), { kind: 'newer', version: 2 }],
    ['no version', JSON.stringify({ ...header, version: 'one' }), { kind: 'broken-line', line: 1 }],
    ['version 0', JSON.stringify({ ...header, version: 0 }), { kind: 'broken-line', line: 1 }],
    ['no instant', JSON.stringify({ ...header, startedAt: 'soon' }), { kind: 'broken-line', line: 1 }],
    ['texts that are a list', JSON.stringify({ ...header, texts: ['a'] }), { kind: 'broken-line', line: 1 }],
    ['texts that are no text', JSON.stringify({ ...header, texts: { a: 1 } }), { kind: 'broken-line', line: 1 }],
    ['a header with a prototype', `${first.slice(0, -1)},"__proto__":{"x":1}}`, { kind: 'broken-line', line: 1 }],
    ['texts with a prototype', `${first.slice(0, -1)},"texts":{"__proto__":"x"}}`, { kind: 'broken-line', line: 1 }],
    ['a broken line inside', `${first}\n{"seq":0,\n${JSON.stringify(note(0))}`, { kind: 'broken-line', line: 2 }],
    ['a number', `${first}\n7\n`, { kind: 'broken-line', line: 2 }],
    ['no envelope', `${first}\n{"seq":0,"type":"x"}\n`, { kind: 'broken-line', line: 2 }],
    ['a known type with a wrong field', `${first}\n${JSON.stringify({ ...note(0), by: 'me' })}`, { kind: 'broken-line', line: 2 }],
    ['a reference to no text', `${first}\n${JSON.stringify({ ...note(0), text: { $text: 'ff' } })}`, { kind: 'broken-line', line: 2 }],
    ['a prototype', `${first}\n{"seq":0,"at":0,"type":"x","a":[{"\\u005f_proto__":{"seq":9}}]}`, { kind: 'broken-line', line: 2 }],
    ['deep nesting', `${first}\n{"seq":0,"at":0,"type":"x","a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, { kind: 'broken-line', line: 2 }],
    ['a deep header', `${first.slice(0, -1)},"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, { kind: 'broken-line', line: 1 }],
    ['a gap', `${first}\n\n${JSON.stringify(note(0))}\n${JSON.stringify(note(2))}`, { kind: 'gap', line: 4, expected: 1, found: 2 }],
    ['a doubled event', `${first}\n${JSON.stringify(note(0))}\n${JSON.stringify(note(0))}`, { kind: 'gap', line: 3 }],
  ])('%s', (_name, text, error) => {
    expect(refused(text)).toMatchObject(error);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('any text at all is a log or a sentence, never a throw', () => {
    const lines = fc.array(fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify(note(0)))));
    fc.assert(
      fc.property(lines, fc.boolean(), (list, ours) => {
        const result = decode([...(ours ? [first] : []), ...list].join('\n'));
        if (!result.ok) expect(result.error.message).toMatch(/\.$/);
      }),
    );
  });

  test('a mangled byte anywhere in a valid file is a log or a sentence, never a throw', () => {
    fc.assert(
      fc.property(arbitraryLog(30), fc.nat(), fc.constantFrom('', '"', '{', '}', '9', '\n', '\u0000'), (log, at, put) => {
        const file = encode(log.header, log.events);
        const place = at % file.length;
        const result = decode(file.slice(0, place) + put + file.slice(place + 1));
        if (!result.ok) expect(result.error.message).toMatch(/\.$/);
      }),
    );
  });
});

describe('files from elsewhere', () => {
  test('a file cut off anywhere keeps every whole line and says so', () => {
    const log = refundsLog();
    const file = encode(log.header, log.events.slice(0, 40));
    const headerEnd = file.indexOf('\n') + 1;
    for (let cut = headerEnd; cut < headerEnd + 2_000; cut += 7) {
      const { events, warnings } = read(file.slice(0, cut));
      const lines = file.slice(headerEnd, cut).split('\n');
      const tail = lines.pop() ?? '';
      const onlyTheLineEndIsMissing = tail !== '' && file[cut] === '\n';
      expect(events).toEqual(log.events.slice(0, lines.length + Number(onlyTheLineEndIsMissing)));
      expect(warnings).toHaveLength(tail === '' || onlyTheLineEndIsMissing ? 0 : 1);
    }
  });

  test('CRLF, a byte-order mark and blank lines do no harm', () => {
    const file = encode(header, [note(0), note(1)]);
    expect(read(`\ufeff${file.replaceAll('\n', '\r\n\r\n')}`)).toEqual({ header, events: [note(0), note(1)], warnings: [] });
  });
});

test('no key leaves in the settings, parsed or not', () => {
  const leaky = { ...DEFAULT_SETTINGS, apiKey: 'sk-secret', headers: { authorization: 'Bearer sk-secret' } };
  expect(Object.keys(RunSettings.parse(leaky))).toEqual(Object.keys(DEFAULT_SETTINGS));
  for (const settings of [RunSettings.parse(leaky), leaky]) {
    const started: LogEvent = { seq: 0, at: 0, type: 'run.started', question: 'Who?', method: 'rlm', settings, documents: [] };
    const file = encode(header, [started]);
    expect(file).not.toMatch(/secret|apiKey|authorization/);
    expect(read(file).events).toEqual([{ ...started, settings: DEFAULT_SETTINGS }]);
  }
});
