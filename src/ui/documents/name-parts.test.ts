import { expect, test } from 'vitest';
import { nameParts } from './name-parts.ts';

test.each([
  ['a.pdf', 'a.pdf', ''],
  ['papers.zip/2024/a.pdf', 'a.pdf', 'papers.zip/2024'],
  ['notes.txt.gz/notes.txt', 'notes.txt.gz', ''],
  ['logs/app.log.gz/app.log', 'app.log.gz', 'logs'],
  ['x.gz/y.txt', 'y.txt', 'x.gz'],
])('%s', (path, name, folder) => {
  expect(nameParts(path)).toEqual({ name, folder });
});
