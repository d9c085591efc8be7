import { CaseSensitive, ChevronDown, ChevronUp, Search as SearchIcon, X } from 'lucide-react';
import type { RefObject } from 'react';
import { formatCount } from '../../base/format.ts';
import { Icon } from '../kit/icon.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import styles from './search-box.module.css';
import type { Search } from './use-search.ts';

/** What is looked for in the document, and which of the matches one stands at. */
export function SearchBox({ search, input }: { readonly search: Search; readonly input: RefObject<HTMLInputElement | null> }) {
  const { query, matchCase, result } = search;
  const hasMatches = result.status === 'found' && result.matches.length > 0;
  return (
    <div className={styles.search} role="search" aria-label="In this document" data-empty={query === ''}>
      <div className={styles.field}>
        <Icon of={SearchIcon} size={14} />
        <input
          ref={input}
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={styles.input}
          aria-label="Search in document"
          placeholder="Search in document"
          enterKeyHint="search"
          dir="auto"
          value={query}
          onChange={(event) => search.setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            search.step(event.shiftKey ? -1 : 1);
          }}
        />
        <output className={styles.count} aria-live="polite">
          {countWords(search)}
        </output>
        <button
          type="button"
          className={styles.case}
          aria-label="Match case"
          title="Match case"
          aria-pressed={matchCase}
          onClick={() => search.setMatchCase(!matchCase)}
        >
          <Icon of={CaseSensitive} />
        </button>
      </div>
      {result.status === 'searching' ? (
        <IconButton icon={X} label="Cancel search" onClick={search.cancel} />
      ) : (
        <>
          <IconButton icon={ChevronUp} label="Previous match" disabled={!hasMatches} onClick={() => search.step(-1)} />
          <IconButton icon={ChevronDown} label="Next match" disabled={!hasMatches} onClick={() => search.step(1)} />
        </>
      )}
    </div>
  );
}

function countWords({ result }: Search): string {
  switch (result.status) {
    case 'none':
      return '';
    case 'searching':
      return 'searching';
    case 'failed':
      return 'cannot be read';
    case 'found':
      return result.total === 0 ? 'no matches' : `${formatCount(result.current + 1)} of ${formatCount(result.total)}`;
  }
}
