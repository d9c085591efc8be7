import { UnreadableFile } from '../unreadable-file.ts';
import type { Extractor } from './extractor.ts';

export const extractPptx: Extractor = async (_file, { name }) => {
  throw new UnreadableFile(`“${name}” is not read yet: save it as plain text and add that.`);
};
