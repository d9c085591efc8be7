import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName } from './file-name.ts';

describe('safeFileName', () => {
  it.each([
    ['notes.txt', 'notes.txt'],
    ['', 'unnamed'],
    ['   ', 'unnamed'],
    ['..', 'unnamed'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\list.csv', 'list.csv'],
    ['folder/', 'folder'],
    ['two\nlines\u0000.txt', 'two lines .txt'],
    ['invoice\u202etxt.exe', 'invoicetxt.exe'],
    ['.gitignore', '.gitignore'],
    ['戰爭與和平.txt', '戰爭與和平.txt'],
    ['kéy \u{1f511}.md', 'kéy \u{1f511}.md'],
  ])('%j becomes %j', (name, safe) => expect(safeFileName(name)).toBe(safe));

  it('shortens very long names and keeps the extension', () => {
    const safe = safeFileName(`${'\u{1f511}'.repeat(400)}.jsonl`);
    expect(safe.length).toBeLessThanOrEqual(200);
    expect(safe).toMatch(/…\.jsonl$/);
    expect(safe.isWellFormed()).toBe(true);
  });

  it('is one clean line for any name, and stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toBe('');
        expect(safe.length).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(/[\p{Cc}/\\]/u);
        expect(safeFileName(safe)).toBe(safe);
      }),
    );
  });
});
