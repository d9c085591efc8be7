import { expect, test } from 'vitest';
import { pageList, pdfNotice } from './pdf-notice.ts';
import { hasUnnamed } from './pdf-read-page.ts';

const fine = { pages: 40, empty: [], failed: [], slow: [], cut: [], unnamed: [], stoppedAt: null, attachments: [] };

test('nothing is said of a file that was read as a whole', () => {
  expect(pdfNotice(fine, 30)).toBeNull();
});

test('what was left out is said, page by page', () => {
  expect(pdfNotice({ ...fine, empty: [1, 2, 3] }, 30)).toBe(
    '3 of 40 pages have no text (scans?): they are not read, there is no OCR here.',
  );
  expect(pdfNotice({ ...fine, failed: [7], slow: [9, 10], stoppedAt: 11, attachments: ['a.txt'] }, 30)).toBe(
    'Page 7 could not be read: damaged. Pages 9–10 could not be read in 30 seconds and were given up. ' +
      'Reading stopped before page 11 of 40, after too many that could not be read. ' +
      'Attached inside and not read: “a.txt”. Save it and add it.',
  );
});

test('letters that are missing are said', () => {
  expect(pdfNotice({ ...fine, unnamed: [3] }, 30)).toBe(
    'Page 3 has letters of which the fonts do not say what they are: those are missing in the text.',
  );
  const unknown = Array.from({ length: 9 }, () => ({ str: '\u0000' }));
  expect(hasUnnamed([...unknown, { str: 'word' }])).toBe(true);
  expect(hasUnnamed(unknown.slice(1))).toBe(false);
  expect(hasUnnamed([...unknown, { str: 'word '.repeat(100) }])).toBe(false);
});

test('what is not known is said too', () => {
  expect(pdfNotice({ ...fine, attachments: null }, 30)).toBe(
    'Files that are attached inside, if any, could not be listed and are not read.',
  );
});

test('a long list is cut with its number', () => {
  const odd = Array.from({ length: 20 }, (_, at) => 2 * at + 1);
  expect(pageList(odd)).toBe('Pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 8 more');
  expect(pageList([4, 7, 8, 9])).toBe('Pages 4 and 7–9');
});
