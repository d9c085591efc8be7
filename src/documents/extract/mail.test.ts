import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { ExtractedKind } from '../../trajectory/document-kinds.ts';
import type { Extracted } from './extractor.ts';
import { extractMail } from './mail.ts';
import { type MboxOptions, mboxMessages } from './mail-mbox.ts';
import { simpleMail } from './mail-simple.ts';
import { createTextWriter, type TextWriter } from './text-writer.ts';

interface Read extends Extracted {
  readonly text: string;
  readonly parts: TextWriter['parts'];
  readonly progress: readonly number[];
}

async function read(source: string | Uint8Array<ArrayBuffer>, kind: ExtractedKind = 'eml', name = 'x.eml'): Promise<Read> {
  const out = createTextWriter(name);
  const progress: number[] = [];
  const file = new Blob([source]);
  const extracted = await extractMail(file, {
    name,
    kind,
    out,
    signal: new AbortController().signal,
    onProgress: (done) => void progress.push(done),
  });
  return { ...extracted, text: await out.finish().text(), parts: out.parts, progress };
}

const lines = (...all: string[]): string => all.join('\r\n');

describe('a mail', () => {
  test('headers that people read, an empty line, the text', async () => {
    const { text, parts, notice } = await read(
      lines(
        'Received: from a.example',
        ' by b.example',
        'From: =?utf-8?q?J=C3=BCrgen_K?= <j@example.org>',
        'To: "Doe, Ann" <ann@example.org>, bob@example.org',
        'Cc: Team: c@example.org, d@example.org;',
        'Date: Sat, 21 Nov 2026 14:05:00 +0100',
        'Subject: =?iso-8859-1?Q?Gr=FC=DFe?= from',
        '  the harbour',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Sch=F6ne Gr=FC=DFe,',
        '',
        'J',
        '',
      ),
    );
    expect(text).toBe(
      'From: Jürgen K <j@example.org>\nTo: Doe, Ann <ann@example.org>, bob@example.org\n' +
        'Cc: Team: c@example.org, d@example.org;\nDate: Sat, 21 Nov 2026 14:05:00 +0100\nSubject: Grüße from the harbour\n\n' +
        'Schöne Grüße,\n\nJ\n',
    );
    expect(parts).toEqual([]);
    expect(notice).toBeNull();
  });

  const multipart = (type: string, ...parts: string[]): string =>
    lines('From: a@x.org', 'Subject: S', 'MIME-Version: 1.0', `Content-Type: multipart/${type}; boundary="b"`, '', ...parts.flatMap((part) => ['--b', part]), '--b--', '');

  test('the plain text goes before the page', async () => {
    const { text } = await read(
      multipart('alternative', lines('Content-Type: text/plain', '', 'plain words'), lines('Content-Type: text/html', '', '<p>page words</p>')),
    );
    expect(text).toBe('From: a@x.org\nSubject: S\n\nplain words\n');
  });

  test('a page alone is read as people see it', async () => {
    const { text } = await read(
      lines('From: a@x.org', 'Content-Type: text/html; charset=utf-8', '', '<style>p{}</style><h1>Hello</h1><p>Read <b>this</b>&amp;that</p><script>no()</script>'),
    );
    expect(text).toBe('From: a@x.org\n\n# Hello\n\nRead this&that\n');
  });

  test('attached texts and mails are read, other attachments listed', async () => {
    const { text, notice } = await read(
      multipart(
        'mixed',
        lines('Content-Type: text/plain', '', 'See below.'),
        lines('Content-Type: application/pdf; name="report.pdf"', 'Content-Disposition: attachment; filename="report.pdf"', 'Content-Transfer-Encoding: base64', '', 'JVBERi0xLjQK'),
        lines('Content-Type: text/csv', 'Content-Disposition: attachment; filename="t.csv"', '', 'a,b', '1,2'),
        lines('Content-Type: message/rfc822', 'Content-Disposition: attachment', '', 'From: inner@x.org', 'Subject: Inside', '', 'Inner words'),
        lines('Content-Type: message/rfc822', '', 'From: forwarded@x.org', 'Subject: Forwarded', '', 'Forwarded words'),
      ),
    );
    expect(text).toContain('See below.');
    expect(text).toContain('\n\n[attachment: report.pdf, application/pdf, 9 B]\n');
    expect(text).toContain('[attachment: t.csv, text/csv, 8 B]\na,b\n1,2\n');
    expect(text).toMatch(/\[attachment: without a name, message\/rfc822, \d+ B\]\nFrom: inner@x.org\nSubject: Inside\n\nInner words\n/);
    expect(text).toContain('Forwarded words');
    expect(notice).toBe('One attachment is not read.');
  });

  test('a saved page of Outlook or Apple Mail', async () => {
    const mail = lines('From: a@x.org', '', 'Words');
    const { text } = await read(`${mail.length}\n${mail}<?xml version="1.0"?><plist/>`);
    expect(text).toBe('From: a@x.org\n\nWords\n');
  });

  test.each([
    ['an unknown charset', lines('From: a@x.org', 'Content-Type: text/plain; charset=klingon', '', 'Words'), /Words/],
    ['broken base64', lines('From: a@x.org', 'Content-Transfer-Encoding: base64', '', '!!!!V29y%%ZHM=garbage'), /^From: a@x\.org/],
    ['no end of a multipart', lines('From: a@x.org', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'Words'), /Words/],
    ['a multipart without a boundary', lines('From: a@x.org', 'Content-Type: multipart/mixed', '', 'Words'), /^From: a@x\.org/],
    ['headers that go on and on', lines('From: a@x.org', `X: ${'y'.repeat(3_000_000)}`, '', 'Words'), /UnreadableFile: “x\.eml” could not be read as a mail/],
    ['nothing but line ends', '\r\n\r\n', /UnreadableFile: “x\.eml” holds no mail/],
    ['a NUL', 'From: a@x.org\n\nWo\0rds', /Words/],
  ])('%s is text or a sentence', async (_, mail, expected) => {
    expect(await read(mail).then(({ text }) => text, (error: Error) => `${error.name}: ${error.message}`)).toMatch(expected);
  });

  test('ten thousand multiparts in each other', async () => {
    let mail = 'From: a@x.org\r\n';
    for (let i = 0; i < 10_000; i++) mail += `Content-Type: multipart/mixed; boundary="b${i}"\r\n\r\n--b${i}\r\n`;
    await expect(read(mail)).rejects.toThrow(/“x.eml” could not be read as a mail \(.*\): open it in a mail program/);
  });

  test('any bytes are text or a sentence', async () => {
    const piece = fc.oneof(fc.constantFrom('From: a@b.c', 'Content-Type: multipart/mixed; boundary=b', '--b', '--b--', '', 'Content-Transfer-Encoding: base64', 'Content-Type: message/rfc822', '=?utf-8?q?=', ' folded'), fc.string({ unit: 'binary', maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (all) => {
        const seen = await read(all.join('\n')).then(({ text }) => text, (error: Error) => error.name);
        expect(seen.endsWith('\n') || seen === 'UnreadableFile').toBe(true);
      }),
    );
  });
});

describe('simpleMail', () => {
  test('gives the text that the parser gives', async () => {
    const header = fc.constantFrom('Subject: x', 'Content-Type: text/plain', 'Content-Type: text/plain; charset=utf-8', 'Content-Type: text/plain;\n charset="iso-8859-1"', 'Content-Type: text/html', 'Content-Type: text/plain; format=flowed', 'Content-Transfer-Encoding: 8bit', 'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: quoted-printable', 'Content-Type: multipart/mixed; boundary=b', 'Content-Disposition: attachment', 'Content-Type: text/plain; charset=koi8-r');
    const words = fc.array(fc.constantFrom('Grüße', 'x=3D', '--b', 'a b ', '', '> q'), { maxLength: 6 });
    let simple = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 3 }), words, async (headers, body) => {
        const bytes = new TextEncoder().encode(`From: a@x.org\n${headers.map((line) => `${line}\n`).join('')}\n${body.join('\n')}\n`);
        const seen = simpleMail(bytes);
        if (!seen) return;
        simple++;
        const { text = '', attachments } = await PostalMime.parse(bytes);
        expect(seen.text.trimEnd()).toBe(text.trimEnd());
        expect(attachments).toEqual([]);
      }),
    );
    expect(simple).toBeGreaterThan(5);
  });

  test('bytes that are not what the header says are still letters', async () => {
    const bytes = Uint8Array.from(`From: a@x.org\nContent-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe\n`, (letter) => letter.charCodeAt(0));
    expect((await read(bytes)).text).toBe('From: a@x.org\n\nGrüße\n');
  });
});

describe('a mailbox', () => {
  test('each mail is a part named by its subject', async () => {
    const box =
      'From ann@x.org Sat Jan  3 01:05:34 1996\nFrom: ann@x.org\nSubject: First\n\nHello\n>From here on\n>>From there\n\nFrom 1990 to 1996\n\n' +
      'From - Sun Jan  4 01:05:34 1996\nFrom: bob@x.org\n\nNo subject\n\nFrom \nFrom: eve@x.org\nSubject: =?utf-8?b?w5xiZXI=?=\n\nBye\n';
    const { text, parts, shape, progress } = await read(box, 'mbox', 'in.mbox');
    expect(text).toBe(
      '=== message 1: First ===\nFrom: ann@x.org\nSubject: First\n\nHello\nFrom here on\n>From there\n\nFrom 1990 to 1996\n\n' +
        '=== message 2 ===\nFrom: bob@x.org\n\nNo subject\n\n' +
        '=== message 3: Über ===\nFrom: eve@x.org\nSubject: Über\n\nBye\n\n',
    );
    expect(parts).toEqual([
      { kind: 'message', number: 1, label: 'First', from: 0 },
      { kind: 'message', number: 2, from: text.indexOf('=== message 2') },
      { kind: 'message', number: 3, label: 'Über', from: text.indexOf('=== message 3') },
    ]);
    expect(shape).toMatch(/^A mailbox of 3 mails, each after a line like “=== message 1: Subject ===”/);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(box.length);
  });

  test('a mail that cannot be read leaves the others', async () => {
    const box = `From a Sat Jan  3 01:05:34 1996\nX: ${'y'.repeat(3_000_000)}\n\nlost\n\nFrom b Sat Jan  3 01:05:34 1996\nSubject: Kept\n\nwords\n`;
    const { text, notice } = await read(box, 'mbox', 'in.mbox');
    expect(text).toMatch(/^=== message 1 ===\n\(This mail could not be read: .*\)\n\n=== message 2: Kept ===\nSubject: Kept\n\nwords\n/);
    expect(notice).toBe('Mails that are damaged are left out: 1.');
  });

  test('one without mails', async () => {
    await expect(read('\n\n', 'mbox', 'in.mbox')).rejects.toThrow(/“in.mbox” holds no mail/);
  });
});

describe('mboxMessages', () => {
  const split = async (box: string, options: Partial<MboxOptions> = {}): Promise<(string | null)[]> => {
    const all: (string | null)[] = [];
    const signal = new AbortController().signal;
    for await (const { bytes } of mboxMessages(new Blob([box]), { signal, ...options })) {
      all.push(bytes && new TextDecoder().decode(bytes));
    }
    return all;
  };

  test('what was joined is split again, whatever the pieces it is read in', async () => {
    const line = fc.oneof(
      fc.constantFrom('', '', 'From me 1996', '>From me', 'From ', 'From: a', '>>From x 1996', 'From the start'),
      fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, '')),
    );
    const mail = fc.array(line, { minLength: 1, maxLength: 8 }).map((all) => `X: 1\n${all.join('\n')}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(mail, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom('\n', '\r\n'),
        async (mails, pieceBytes, end) => {
          const sent = mails.map((text) => text.replaceAll('\n', end));
          // As mboxrd is written.
          const quoted = sent.map((text) => text.replace(/^(>*From )/gm, '>$1'));
          const box = quoted.map((text) => `From a@x.org Sat Jan  3 01:05:34 1996${end}${text}${end}`).join('');
          expect(await split(box, { pieceBytes })).toEqual(sent.map((text) => text + end));
        },
      ),
    );
  });

  test('a mail that is too large is passed over, at any length of pieces', async () => {
    const from = 'From a@x.org Sat Jan  3 01:05:34 1996\n';
    const box = `${from}A: 1\n\nshort\n\n${from}B: 1\n\n${'long line\n'.repeat(2000)}\n${from}C: 1\n\nend\n`;
    for (const pieceBytes of [7, 100, 1024, 3000]) {
      expect(await split(box, { pieceBytes, mostBytes: 4000 })).toEqual(['A: 1\n\nshort\n\n', null, 'C: 1\n\nend\n']);
    }
  });

  test('what looks like the start of a mail inside a paragraph is text', async () => {
    const box = 'From a 1996\nA: 1\n\nHello\nFrom me at 12:05\nNote: see above\n';
    expect(await split(box)).toEqual([box.slice(box.indexOf('A: 1'))]);
  });

  test('it ends where it is told to', async () => {
    const stop = new AbortController();
    const box = new Blob(['From a 1996\nA: 1\n\nx\n\n'.repeat(1000)]);
    const seen: number[] = [];
    const all = (async () => {
      for await (const { end } of mboxMessages(box, { signal: stop.signal, pieceBytes: 64 })) {
        seen.push(end);
        stop.abort(new Error('enough'));
      }
    })();
    await expect(all).rejects.toThrow('enough');
    expect(seen.length).toBeLessThan(10);
  });
});
