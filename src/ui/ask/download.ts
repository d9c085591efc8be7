import type { ExportedFile } from '../../state/commands.ts';

/** Hands a text to the browser's downloads. */
export function download({ name, type, text }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference once the click was dispatched; Safari needs a moment more.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
