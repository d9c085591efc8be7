import { expect, test } from 'vitest';
import type { DocumentInfo } from '../trajectory/events.ts';
import { documentHere, idsInRun } from './find-documents.ts';
import type { Library } from './library-store.ts';

const info = (id: string, sha256: string, more: Partial<DocumentInfo> = {}): DocumentInfo => ({
  id,
  name: 'a.pdf',
  kind: 'pdf',
  chars: 9,
  lines: 1,
  bytes: 20,
  sha256,
  ...more,
});

const library = (...infos: readonly DocumentInfo[]): Library => ({
  items: infos.map((one) => ({
    id: one.id,
    name: one.name,
    bytes: one.bytes,
    status: 'ready',
    origin: { from: 'person' },
    document: { info: one, text: { blob: new Blob(), encoding: 'utf-8', skip: 0, index: null }, notice: null },
  })),
});

test('a document goes by its own id, or by that of a run that is about the same file', () => {
  const here = library(info('new', 'aa'), info('other', 'bb'));
  expect(documentHere('new', [], here)?.info.id).toBe('new');
  expect(documentHere('old', [info('old', 'aa')], here)?.info.id).toBe('new');
  expect(documentHere('old', [info('old', 'cc')], here)).toBeNull();
  // The same file whose text came out otherwise has its passages elsewhere.
  expect(documentHere('old', [info('old', 'aa', { chars: 10 })], here)).toBeNull();
  expect(documentHere('gone', [], here)).toBeNull();
});

test('what a run calls a document of the library', () => {
  expect(idsInRun(info('new', 'aa'), [info('d1', 'aa'), info('d2', 'bb'), info('new', 'cc')])).toEqual(['d1', 'new']);
});
