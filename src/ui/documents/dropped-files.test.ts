import { expect, test } from 'vitest';
import { dropped, MOST_FILES, pickedFolder } from './dropped-files.ts';

const fileEntry = (name: string) => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (done: (file: File) => void) => done(new File(['x'], name)),
});

const goneEntry = (name: string) => ({
  ...fileEntry(name),
  file: (_done: unknown, failed: () => void) => failed(),
});

/** A directory that, like Chromium's, gives its entries a hundred at a time. */
const directory = (name: string, entries: readonly { readonly name: string }[]) => ({
  name,
  isFile: false,
  isDirectory: true,
  createReader() {
    let from = 0;
    return {
      readEntries(done: (some: unknown[]) => void) {
        const some = entries.slice(from, from + 100);
        from += 100;
        done(some);
      },
    };
  },
});

const drop = (...entries: readonly { readonly name: string }[]) =>
  ({
    items: entries.map((entry) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => new File(['x'], entry.name),
    })),
  }) as unknown as DataTransfer;

test('walks folders in order, tells loose files apart, and says what it did not go into', async () => {
  const tree = directory('notes', [
    fileEntry('b10.txt'),
    fileEntry('b9.txt'),
    fileEntry('.DS_Store'),
    goneEntry('gone.txt'),
    directory('node_modules', [fileEntry('index.js')]),
    directory('a', [fileEntry('deep.md'), directory('.git', [fileEntry('HEAD')])]),
  ]);
  const { files, folders } = await dropped(drop(tree, fileEntry('alone.txt')));
  expect(files.map(({ name }) => name)).toEqual(['alone.txt']);
  expect(folders).toHaveLength(1);
  expect(folders[0]?.title).toBe('notes');
  expect(folders[0]?.files.map(({ path }) => path)).toEqual([
    'notes/.DS_Store',
    'notes/a/deep.md',
    'notes/b9.txt',
    'notes/b10.txt',
  ]);
  expect(folders[0]?.pruned).toEqual([
    { path: 'notes/a/.git', why: 'version control' },
    { path: 'notes/gone.txt', why: 'could not be opened' },
    { path: 'notes/node_modules', why: 'installed packages' },
  ]);
});

test('reads a folder of more than one batch, and says where it stops', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => fileEntry(`${i}.txt`));
  const [big] = (await dropped(drop(directory('big', many(250))))).folders;
  expect(big?.files).toHaveLength(250);
  expect(big?.pruned).toEqual([]);
  const [huge] = (await dropped(drop(directory('huge', many(MOST_FILES + 5))))).folders;
  expect(huge?.files).toHaveLength(MOST_FILES);
  expect(huge?.pruned[0]?.why).toMatch(/more than 50,000 files/);
});

test('a picked folder is told the same way', () => {
  const picked = (path: string) =>
    Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });
  const { title, files, pruned } = pickedFolder([
    picked('node_modules/b.txt'),
    picked('node_modules/node_modules/deep/c.js'),
    picked('node_modules/a/node_modules/d.js'),
    picked('node_modules/a/e.js'),
  ]);
  // The folder that was picked itself is gone into, whatever it is called.
  expect(title).toBe('node_modules');
  expect(files.map(({ path }) => path)).toEqual(['node_modules/a/e.js', 'node_modules/b.txt']);
  expect(pruned.map(({ path }) => path)).toEqual(['node_modules/node_modules', 'node_modules/a/node_modules']);
});
