import { safeFileName } from '../file-name.ts';

const LONGEST = 1000;

/**
 * The path of an archive's entry made harmless to show, to log and to give to a model: folders parted
 * by `/`, relative, without `..`, `.`, drive letters, control and text-direction characters. It is
 * never used as a path of a file system. One of which nothing is left becomes `unnamed`.
 */
export function safePath(path: string): string {
  const parts = path
    .split(/[/\\]/)
    .filter((part, i) => part.trim() !== '' && !/^\s*\.{1,2}\s*$/.test(part) && !(i === 0 && /^[A-Za-z]:$/.test(part)))
    .map(safeFileName);
  const name = parts.pop() ?? 'unnamed';
  while (parts.length > 0 && parts.join('/').length + name.length >= LONGEST) parts.pop();
  return [...parts, name].join('/');
}
