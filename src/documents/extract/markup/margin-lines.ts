import type { Composer } from './composer.ts';

/** The lines of all headers and footers, each once, without numbers of pages that stand alone. */
export function marginLines(texts: readonly string[]): readonly string[] {
  const lines = texts.flatMap((text) => text.split('\n')).map((line) => line.trim());
  return [...new Set(lines.filter((line) => /\p{L}/u.test(line)))];
}

/** Writes headers and footers once, after the text of the document. */
export function writeMargins(composer: Composer, lines: readonly string[]): void {
  if (lines.length === 0) return;
  composer.block(2);
  composer.text('Headers and footers:');
  for (const line of lines) {
    composer.block(1);
    composer.text(line);
  }
  composer.block(2);
}
