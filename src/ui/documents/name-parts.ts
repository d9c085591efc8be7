/** The file's own name, and the folders or archive that it came in ('' where it came alone). */
export function nameParts(path: string): { readonly name: string; readonly folder: string } {
  const at = path.lastIndexOf('/');
  return { name: path.slice(at + 1), folder: path.slice(0, Math.max(0, at)) };
}
