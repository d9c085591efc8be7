import type { Package } from '../archive/open-package.ts';
import type { ExtractTools } from './extractor.ts';

/** What both ways of reading a Word document say of it. */
export interface DocxReading {
  readonly pictures: number;
  /** Read without what only mammoth knows. */
  readonly plain: boolean;
}

export type DocxParts = Pick<Package, 'paths' | 'text' | 'repacked'>;
export type DocxTools = Pick<ExtractTools, 'signal' | 'onProgress'>;
