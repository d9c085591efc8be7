import { useEffect, useMemo, useRef, useState } from 'react';
import type { SourceReader } from '../../state/source-commands.ts';
import type { SourceDocument } from '../../state/source-store.ts';
import { firstFrom } from './row-marks.ts';

/** Matches whose places are told; all of them are counted. */
const MOST_MATCHES = 10_000;
/** A pause in typing that is taken for its end. */
const PAUSE_MS = 180;

export interface Match {
  readonly from: number;
  readonly to: number;
}

type Result =
  | { readonly status: 'none' | 'searching' | 'failed' }
  | { readonly status: 'found'; readonly matches: readonly Match[]; readonly total: number; readonly current: number };

export interface Search {
  readonly query: string;
  readonly matchCase: boolean;
  readonly result: Result;
  setQuery(query: string): void;
  setMatchCase(matchCase: boolean): void;
  /** Goes to the next match or the one before, round the ends. */
  step(by: 1 | -1): void;
  cancel(): void;
}

interface SearchOptions {
  readonly reader: SourceReader;
  readonly document: SourceDocument;
  /** Where one reads: the first match is the next from here. */
  readonly here: () => number;
  readonly onMatch: (match: Match) => void;
}

/** Looks for what is typed, a moment after it is; a new search ends the one before. */
export function useSearch({ reader, document, here, onMatch }: SearchOptions): Search {
  const [query, setQuery] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [result, setResult] = useState<Result>({ status: 'none' });
  const abort = useRef<AbortController | null>(null);
  const latest = useRef({ here, onMatch });
  useEffect(() => {
    latest.current = { here, onMatch };
  });

  useEffect(() => {
    if (query === '') {
      setResult({ status: 'none' });
      return;
    }
    setResult({ status: 'searching' });
    const ending = new AbortController();
    abort.current = ending;
    const search = async () => {
      try {
        const wanted = { query, matchCase, limit: MOST_MATCHES };
        const { matches, total } = await reader.find(document, wanted, ending.signal);
        if (ending.signal.aborted) return;
        const from = latest.current.here();
        const next = firstFrom(matches, (match) => match.from >= from);
        const current = next < matches.length ? next : 0;
        setResult({ status: 'found', matches, total, current });
        const match = matches[current];
        if (match) latest.current.onMatch(match);
      } catch {
        if (!ending.signal.aborted) setResult({ status: 'failed' });
      }
    };
    const timer = setTimeout(() => void search(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [query, matchCase, reader, document]);

  return useMemo(
    () => ({
      query,
      matchCase,
      result,
      setQuery,
      setMatchCase,
      step(by) {
        if (result.status !== 'found' || result.matches.length === 0) return;
        const count = result.matches.length;
        const current = (result.current + by + count) % count;
        setResult({ ...result, current });
        const match = result.matches[current];
        if (match) latest.current.onMatch(match);
      },
      cancel() {
        abort.current?.abort();
        setResult({ status: 'none' });
      },
    }),
    [query, matchCase, result],
  );
}
