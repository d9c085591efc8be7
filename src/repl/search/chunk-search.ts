import MiniSearch from 'minisearch';
import { pulse } from '../host-work.ts';
import { eachChunk } from './chunks.ts';
import { words } from './words.ts';
import type { HostText } from '../texts/host-text.ts';

/** A search of the guest's, as it crosses to the host. */
export interface SearchRequest {
  readonly query: string;
  /** Chunks at most. */
  readonly limit: number | null;
  /** Index or name of the one document to search. */
  readonly document: number | string | null;
}

export interface FoundChunk {
  /** Index in `documents`, 0 for a single text. */
  readonly document: number;
  readonly name: string;
  /** UTF-16 code units from the start of the document's text. */
  readonly index: number;
  /** 1-based line that the chunk begins in. */
  readonly line: number;
  /** BM25, to three decimals. */
  readonly score: number;
  readonly text: string;
}

/** @throws Error in one sentence for the guest. */
export type ChunkSearch = (request: SearchRequest) => readonly FoundChunk[];

const DEFAULT_LIMIT = 5;
const MOST_FOUND = 1000;
/** Characters of all texts together: an index is several times as large as what it is of. */
const MOST_CHARS = 64 * 2 ** 20;
/** Different words of a query. */
const MOST_WORDS = 200;
/** Chunks between two looks at the time. */
const PULSE_CHUNKS = 50;
/**
 * BM25 as Lucene has it. `d` is what BM25+ adds to each word that is there, which is nothing here;
 * MiniSearch also multiplies a score by the number of words found, which is taken back below.
 */
const BM25 = { k: 1.2, b: 0.75, d: 0 };

interface Place {
  readonly document: number;
  readonly index: number;
  readonly chars: number;
  readonly line: number;
}

interface Index {
  readonly search: MiniSearch<{ readonly id: number; readonly text: string }>;
  readonly places: readonly Place[];
}

/** BM25 over chunks of these texts, by an index that the first search makes. */
export function createChunkSearch(texts: readonly HostText[], names: readonly string[]): ChunkSearch {
  let made: Index | null = null;
  return ({ query, limit, document }) => {
    // All of it is the host's own work, also where it is short.
    pulse();
    const only = document === null ? null : indexOf(names, document);
    const asked = [...new Set(words(query))].slice(0, MOST_WORDS);
    if (asked.length === 0) throw new Error('the query has no words: give it some that the text may have');
    made ??= indexed(texts);
    const { search, places } = made;
    const most = Math.min(MOST_FOUND, Math.max(0, Math.trunc(limit ?? DEFAULT_LIMIT)));
    return search
      .search(asked.join(' '))
      .map(({ id, score, queryTerms }) => ({ id: Number(id), score: Math.round((score / queryTerms.length) * 1000) / 1000 }))
      .filter(({ id }) => only === null || places[id]?.document === only)
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, most)
      .flatMap(({ id, score }) => {
        const place = places[id];
        if (!place) return [];
        const { document: at, index, chars, line } = place;
        const text = texts[at]?.slice(index, index + chars).trimEnd() ?? '';
        return [{ document: at, name: names[at] ?? '', index, line, score, text }];
      });
  };
}

function indexed(texts: readonly HostText[]): Index {
  const chars = texts.reduce((sum, { length }) => sum + length, 0);
  if (chars > MOST_CHARS) {
    throw new Error(
      `the context of ${chars.toLocaleString('en')} characters is more than the ${MOST_CHARS.toLocaleString('en')} that search takes: use grep(pattern), or rlm_query(question, part) with a part of it`,
    );
  }
  const search = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: words,
    processTerm: (word) => word,
    searchOptions: { bm25: BM25, combineWith: 'OR' },
  });
  const places: Place[] = [];
  texts.forEach((text, document) =>
    eachChunk(text, ({ index, line, text: chunk }) => {
      if (places.length % PULSE_CHUNKS === 0) pulse();
      if (chunk.trim() === '') return;
      search.add({ id: places.length, text: chunk });
      places.push({ document, index, chars: chunk.length, line });
    }),
  );
  return { search, places };
}

function indexOf(names: readonly string[], document: number | string): number {
  const index = typeof document === 'string' ? names.indexOf(document) : document;
  if (index in names) return index;
  throw new Error(`there is no document ${JSON.stringify(document)}; there are ${names.length}`);
}
