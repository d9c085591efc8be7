import { expect, test } from 'vitest';
import { droppedFiles, MOST_FILES, pickedFiles } from './dropped-files.ts';

const fileEntry = (name: string) => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (done: (file: File) => void) => done(new File(['x'], name)),
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

const names = (files: readonly File[]) => files.map((file) => file.name);

test('walks folders in order and leaves out what holds no documents', async () => {
  const tree = directory('notes', [
    fileEntry('b10.txt'),
    fileEntry('b9.txt'),
    fileEntry('.DS_Store'),
    directory('node_modules', [fileEntry('index.js')]),
    directory('a', [fileEntry('deep.md')]),
  ]);
  expect(names(await droppedFiles(drop(tree, fileEntry('alone.txt'))))).toEqual([
    'deep.md',
    'b9.txt',
    'b10.txt',
    'alone.txt',
  ]);
});

test('reads a folder of more than one batch, and stops at the most', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => fileEntry(`${i}.txt`));
  expect(await droppedFiles(drop(directory('big', many(250))))).toHaveLength(250);
  expect(await droppedFiles(drop(directory('huge', many(MOST_FILES + 5))))).toHaveLength(MOST_FILES);
});

test('a picked folder keeps its own name even when it is hidden', () => {
  const file = (path: string) =>
    Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });
  expect(names(pickedFiles([file('.notes/a.txt'), file('.notes/.git/config'), file('.notes/c/d.txt')]))).toEqual([
    'a.txt',
    'd.txt',
  ]);
});
