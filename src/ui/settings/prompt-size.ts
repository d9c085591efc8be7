import { plural } from '../../base/format.ts';

/** How long a text is: characters, and tokens as characters / 4. */
export function sizeInWords(text: string): string {
  return `${plural(text.length, 'character')}, about ${plural(Math.ceil(text.length / 4), 'token')}`;
}
