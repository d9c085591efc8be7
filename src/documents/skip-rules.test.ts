import { expect, test } from 'vitest';
import { kindOfName } from './sniff.ts';
import { whySkipped } from './skip-rules.ts';

test.each([
  ['project/node_modules/react/index.js', 'installed packages'],
  ['app/.venv/lib/python3.12/x.py', 'installed packages'],
  ['venv/lib/python3.12/site.py', 'installed packages'],
  ['usr/lib/python3/dist-packages/x.py', 'installed packages'],
  ['go/vendor/github.com/a/b.go', 'installed packages'],
  ['site/vendor/composer/autoload.php', 'installed packages'],
  ['repo/.git/config', 'version control'],
  ['a/CVS/Entries', 'version control'],
  ['__MACOSX/a/b.txt', 'system files'],
  ['a/__pycache__/b.txt', 'build cache'],
  ['a/.mypy_cache/b.json', 'build cache'],
  ['.DS_Store', 'system file'],
  ['a/Thumbs.db', 'system file'],
  ['a/desktop.ini', 'system file'],
  ['a/._notes.txt', 'system file'],
  ['package-lock.json', 'lock file'],
  ['a/Cargo.lock', 'lock file'],
  ['go.sum', 'lock file'],
  ['~$report.docx', 'temporary file'],
  ['.env', 'hidden file'],
  ['a/.config/x.json', 'hidden file'],
  ['dist/app.js.map', 'source map'],
  ['dist/app.min.js', 'minified'],
  ['jquery-min.js', 'minified'],
  ['a.min.css', 'minified'],
  ['pics/a.PNG', 'PNG picture'],
  ['a/tool.exe', 'program'],
  ['fonts/a.woff2', 'font'],
  ['film.mp4', 'video'],
  ['old.doc', 'Word 97–2003 document'],
  ['a.tar.xz', 'archive of a kind that is not opened'],
  ['weird.qqq', 'binary data'],
])('%s: %s', (path, why) => expect(whySkipped(path, kindOfName(path), 100)).toBe(why));

test.each([
  'notes.md',
  'vendor/contract.pdf',
  'data/vendors/github.com.txt',
  '.github/workflows/test.yml',
  'environment/lib/a.py',
  'src/admin.js',
  'minutes-min.txt',
  'map.json',
  'lock.txt',
  'gitignore.txt',
  'book.epub',
  'more.zip',
  'constructor/toString.js',
])('%s is read', (path) => expect(whySkipped(path, kindOfName(path), 100)).toBe(null));

test('what is empty is said to be, unless its place says more', () => {
  expect(whySkipped('a.txt', 'text', 0)).toBe('empty');
  expect(whySkipped('a.png', null, 0)).toBe('empty');
  expect(whySkipped('node_modules/a.js', 'code', 0)).toBe('installed packages');
});
