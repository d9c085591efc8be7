import { formatBytes, formatCompact, plural } from '../../base/format.ts';
import type { LibraryItem } from '../../state/library-store.ts';

/** What is known of a file, for the line below its name. */
export function documentFacts(item: LibraryItem): string {
  switch (item.status) {
    case 'reading':
      return item.total > 0
        ? `${formatBytes(item.done)} of ${formatBytes(item.total)}`
        : 'being made';
    case 'failed':
      return formatBytes(item.bytes);
    case 'ready': {
      const { chars, lines, pages } = item.document.info;
      const tokens = `${formatCompact(chars / 4)} tokens`;
      if (pages !== undefined) return `${plural(pages, 'page')} · ${tokens}`;
      return `${formatBytes(item.bytes)} · ${tokens} · ${plural(lines, 'line')}`;
    }
  }
}
