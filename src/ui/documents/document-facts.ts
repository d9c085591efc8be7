import { formatBytes, formatCompact, formatCount, plural } from '../../base/format.ts';
import type { LibraryItem } from '../../state/library-store.ts';

/** What is known of a file, for the line below its name. */
export function documentFacts(item: LibraryItem): string {
  switch (item.status) {
    case 'reading':
      return readingFacts(item);
    case 'failed':
    case 'note':
      return formatBytes(item.bytes);
    case 'ready': {
      const { info, parts = [] } = item.document;
      const { chars, lines, pages } = info;
      const tokens = `${formatCompact(chars / 4)} tokens`;
      const [part] = parts;
      if (part) {
        const count = part.kind === 'page' ? (pages ?? parts.length) : new Set(parts.map(({ number }) => number)).size;
        return `${plural(count, part.kind)} · ${tokens}`;
      }
      if (pages !== undefined) return `${plural(pages, 'page')} · ${tokens}`;
      return `${formatBytes(item.bytes)} · ${tokens} · ${plural(lines, 'line')}`;
    }
  }
}

function readingFacts({ done, total, unit }: LibraryItem & { readonly status: 'reading' }): string {
  const amount = (count: number) => (unit === 'bytes' ? formatBytes(count) : formatCount(count));
  const named = unit === 'bytes' ? '' : ` ${unit}`;
  if (total > 0) return `${amount(done)} of ${amount(total)}${named}`;
  return done > 0 ? `${amount(done)}${named} so far` : 'waiting';
}
