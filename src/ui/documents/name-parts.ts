/**
 * The file's own name, and the folders or archive that it came in ('' where it came alone). What was
 * compressed by itself goes by the name that was dropped: `notes.txt.gz`.
 */
export function nameParts(path: string): { readonly name: string; readonly folder: string } {
  const at = path.lastIndexOf('/');
  const name = path.slice(at + 1);
  const folder = path.slice(0, Math.max(0, at));
  const container = folder.slice(folder.lastIndexOf('/') + 1);
  return container === `${name}.gz` ? nameParts(folder) : { name, folder };
}
