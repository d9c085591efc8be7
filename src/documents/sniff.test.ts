import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extensionMismatch, kindOfName, kindOfPackage, sniff } from './sniff.ts';

const CORPORA = join(import.meta.dirname, '../../../shared/corpora/files');

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A local header of a ZIP file and its data. */
function zipEntry(path: string, data = '', { streamed = false, method = 8 } = {}): string {
  const u16 = (n: number): string => String.fromCharCode(n & 255, n >> 8);
  const u32 = (n: number): string => u16(n & 0xffff) + u16(n >>> 16);
  const size = streamed ? 0 : data.length;
  return `PK\x03\x04${u16(20)}${u16(streamed ? 8 : 0)}${u16(method)}${u32(0)}${u32(0)}${u32(size)}${u32(size)}${u16(path.length)}${u16(0)}${path}${data}`;
}

/** The start of a compound file with these names in its directory. */
function ole(...names: string[]): Uint8Array {
  const file = new Uint8Array(512 + 128 * names.length);
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  for (const [i, name] of names.entries()) {
    const at = 512 + 128 * i;
    for (let j = 0; j < name.length; j++) file[at + 2 * j] = name.charCodeAt(j);
    file[at + 64] = 2 * name.length + 2;
    file[at + 66] = 2;
  }
  return file;
}

const kind = (head: Uint8Array | string, name: string): string => {
  const seen = sniff(typeof head === 'string' ? utf8(head) : head, name);
  return 'kind' in seen ? seen.kind : seen.binary.name;
};

describe('kindOfName', () => {
  test.each([
    ['src/app/Main.TSX', 'code'],
    ['Dockerfile', 'code'],
    ['docker/Dockerfile.dev', 'code'],
    ['Makefile', 'code'],
    ['CMakeLists.txt', 'code'],
    ['component.vue', 'code'],
    ['page.svelte', 'code'],
    ['query.sql', 'code'],
    ['README', 'text'],
    ['LICENSE-MIT', 'text'],
    ['README.md', 'markdown'],
    ['.env.example', 'text'],
    ['.gitignore', 'text'],
    ['film.srt', 'text'],
    ['compose.yaml', 'text'],
    ['Cargo.toml', 'text'],
    ['setup.ini', 'text'],
    ['package-lock.json', 'json'],
    ['notes.ipynb', 'json'],
    ['events.ndjson', 'jsonl'],
    ['table.tab', 'tsv'],
    ['app.log', 'log'],
    ['app.log.2026-11-21', 'log'],
    ['drawing.svg', 'xml'],
    ['index.htm', 'html'],
    ['book.xlsb', 'xlsx'],
    ['letters.mbox', 'mbox'],
    ['a\\b\\c.PDF', 'pdf'],
    ['logs.tar.gz', 'gz'],
    ['picture.png', null],
    ['letter.doc', null],
    ['notes', null],
    ['constructor', null],
    ['x.__proto__', null],
    ['', null],
    ['folder/', null],
  ])('%s is %s', (name, expected) => {
    expect(kindOfName(name)).toBe(expected);
  });
});

describe('sniff', () => {
  test('content goes before the name', () => {
    expect(kind('%PDF-1.7\n', 'notes.txt')).toBe('pdf');
    expect(kind(bytes(`${'junk\x00'.repeat(100)}%PDF-1.4\n1 0 obj\n`), 'x')).toBe('pdf');
    expect(kind('just words', 'report.pdf')).toBe('text');
    expect(kind('just words', 'report.docx')).toBe('text');
    expect(kind('just words', 'archive.zip')).toBe('text');
    expect(kind('<!DOCTYPE html><html>', 'saved.txt')).toBe('html');
    expect(kind('\ufeff\n<html lang="en">', 'export.xls')).toBe('html');
    expect(kind('a\tb\n1\t2\n', 'export.xls')).toBe('text');
  });

  test('a text about PDFs is a text', () => {
    expect(kind('# Files\nA PDF begins with %PDF-1.7 and ends…', 'notes.md')).toBe('markdown');
  });

  test('text kinds go by the name', () => {
    expect(kind('a,b\n1,2\n', 'x.csv')).toBe('csv');
    expect(kind('a\tb\n', 'x.tsv')).toBe('tsv');
    expect(kind('{"a":1}\n', 'x.jsonl')).toBe('jsonl');
    expect(kind('12:00 started', 'x.log')).toBe('log');
    expect(kind('<html>{{ title }}</html>', 'page.vue')).toBe('code');
    expect(kind('<h1>Hi', 'page.html')).toBe('html');
    expect(kind('<?xml version="1.0"?><feed/>', 'feed')).toBe('xml');
    expect(kind('words', 'unknown.qqq')).toBe('text');
    expect(kind('', 'x')).toBe('text');
  });

  test('UTF-16 is decoded before it is looked at', () => {
    const page = '\ufeff<!doctype html><p>Ä';
    const utf16 = new Uint8Array(page.length * 2);
    for (let i = 0; i < page.length; i++) utf16.set([page.charCodeAt(i) & 255, page.charCodeAt(i) >> 8], 2 * i);
    expect(kind(utf16, 'x.txt')).toBe('html');
  });

  test('mail', () => {
    const mail = 'Received: from a\r\n by b\r\nFrom: Ann <a@x.org>\r\nSubject: Hi\r\n\r\nBody';
    expect(kind(mail, '1.')).toBe('eml');
    expect(kind('Subject: Hi\n\nBody', 'x.eml')).toBe('eml');
    expect(kind('From: me\nTo: you\n\nA letter in plain text', 'letter.txt')).toBe('text');
    expect(kind(`From a@x.org Sat Jan  3 01:05:34 1996\n${mail}`, 'inbox')).toBe('mbox');
    expect(kind('From a\nX: y', 'old.mbox')).toBe('mbox');
    expect(kind(mail, 'old.mbox')).toBe('eml');
    expect(kind('From 1990 on,\nNote: it was', 'essay.txt')).toBe('text');
    expect(kind('From the year 1990\nonwards it was', 'essay.txt')).toBe('text');
  });

  test('ZIP files go by their first entries', () => {
    expect(kind(bytes(zipEntry('[Content_Types].xml', 'x') + zipEntry('xl/workbook.bin', 'y')), 'a.zip')).toBe('xlsx');
    expect(kind(bytes(zipEntry('[Content_Types].xml', 'x'.repeat(9), { streamed: true }) + zipEntry('word/document.xml')), 'a')).toBe('docx');
    expect(kind(bytes(zipEntry('[Content_Types].xml', 'x') + zipEntry('ppt/presentation.xml')), 'a')).toBe('pptx');
    const mime = (type: string): Uint8Array => bytes(zipEntry('mimetype', type, { method: 0 }));
    expect(kind(mime('application/epub+zip'), 'x.zip')).toBe('epub');
    expect(kind(mime('application/vnd.oasis.opendocument.spreadsheet'), 'x')).toBe('ods');
    expect(kind(mime('application/vnd.oasis.opendocument.text-template'), 'x')).toBe('odt');
    expect(kind(mime('application/vnd.oasis.opendocument.presentation'), 'x')).toBe('odp');
    expect(kind(bytes(zipEntry('notes.txt', 'x')), 'a.docx')).toBe('zip');
    expect(kind(bytes('PK\x05\x06' + '\0'.repeat(18)), 'a.zip')).toBe('zip');
    expect(kind(bytes(zipEntry('Index/Document.iwa')), 'a.pages')).toContain('Pages');
  });

  test('a document whose head does not tell goes by its name, if it is one at all', () => {
    expect(kind(bytes(zipEntry('[Content_Types].xml', 'x'.repeat(99_000)).slice(0, 65_536)), 'a.pptx')).toBe('pptx');
    expect(kind(bytes(zipEntry('[Content_Types].xml', 'x'.repeat(99_000)).slice(0, 65_536)), 'a.zip')).toBe('zip');
  });

  test('a document stored in an archive is not the archive', () => {
    const inner = zipEntry('[Content_Types].xml', 'x') + zipEntry('word/document.xml');
    expect(kind(bytes(zipEntry('letter.docx', inner, { method: 0 })), 'a.zip')).toBe('zip');
  });

  test('compound files go by their directory, then by the name', () => {
    expect(kind(ole('Root Entry', 'Workbook'), 'x.doc')).toBe('xls');
    expect(kind(ole('Root Entry', 'Book'), 'x')).toBe('xls');
    expect(kind(ole('Root Entry', 'Workbook', 'WordDocument'), 'x.xls')).toBe('xls');
    expect(kind(ole('Root Entry', 'WordDocument'), 'x.xls')).toContain('Word 97');
    expect(kind(ole('Root Entry', 'PowerPoint Document'), 'x')).toContain('PowerPoint 97');
    expect(kind(ole('Root Entry', '__properties_version1.0'), 'x')).toContain('Outlook');
    expect(kind(ole('Root Entry', 'EncryptionInfo', 'EncryptedPackage'), 'x.xlsx')).toContain('password');
    expect(kind(ole(), 'x.xls')).toBe('xls');
    expect(kind(ole(), 'x.doc')).toContain('Word 97');
    expect(kind(ole(), 'x')).toContain('old Office format');
  });

  test('what is not read is named', () => {
    expect(kind(bytes('\x89PNG\r\n\x1a\n\0\0'), 'x.txt')).toBe('a PNG picture');
    expect(kind('{\\rtf1\\ansi Hello}', 'x.txt')).toContain('Rich Text');
    expect(kind(bytes('\x1f\x8b\x08\0'), 'x.txt')).toBe('gz');
    expect(kind(Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + (i >> 4) * 31) & 255), 'x.bin')).toBe('binary data');
  });

  test('any bytes, cut anywhere, are something', () => {
    const mixed = bytes(`${zipEntry('a', 'b')}PK\x03\x04${'\xff'.repeat(40)}`);
    for (let end = 0; end <= mixed.length; end++) expect(kind(mixed.subarray(0, end), 'x.docx')).toBeTypeOf('string');
  });

  test.skipIf(!existsSync(CORPORA))('every document of the corpora is what it is (skipped where they are absent)', () => {
    for (const folder of ['pdf', 'docx', 'sheets', 'epub']) {
      for (const file of readdirSync(join(CORPORA, folder))) {
        const head = readFileSync(join(CORPORA, folder, file)).subarray(0, 65_536);
        expect(kind(head, file), file).toBe(kindOfName(file));
        expect(kind(head, 'renamed'), file).toMatch(folder === 'sheets' ? /^(xlsx|xls|ods)$/ : new RegExp(`^${folder}$`));
      }
    }
  });
});

describe('kindOfPackage', () => {
  test.each([
    [['[Content_Types].xml', 'word/document2.xml'], null, 'docx'],
    [['a.txt', 'word/notes.txt'], null, 'zip'],
    [['word/document.xml'], null, 'docx'],
    [['xl/workbook.bin'], null, 'xlsx'],
    [['ppt/presentation.xml'], null, 'pptx'],
    [['META-INF/container.xml', 'OPS/1.xhtml'], null, 'epub'],
    [['content.xml'], 'application/vnd.oasis.opendocument.text\n', 'odt'],
    [['content.xml'], 'application/vnd.oasis.opendocument.graphics', 'zip'],
    [[], null, 'zip'],
  ])('%j with %s is %s', (paths, mimetype, expected) => {
    expect(kindOfPackage(paths, mimetype)).toBe(expected);
  });
});

describe('extensionMismatch', () => {
  test('says what a file with a wrong name is', () => {
    expect(extensionMismatch('pdf', 'notes.txt')).toBe('Its name ends in “.txt”, but it was read as what is in it (PDF).');
    expect(extensionMismatch('text', 'notes.pdf')).toBe('Read as text: its name ends in “.pdf”, but that is not what is in it.');
  });

  test('is silent where the name is right, promises nothing, or any text will do', () => {
    expect(extensionMismatch('pdf', 'a.pdf')).toBeNull();
    expect(extensionMismatch('pdf', 'a')).toBeNull();
    expect(extensionMismatch('text', 'a.csv')).toBeNull();
    expect(extensionMismatch('docx', 'a.doc')).toBeNull();
  });
});
