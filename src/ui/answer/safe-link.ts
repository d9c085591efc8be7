/** The address as a link may carry it, or null: only `https:` and `mailto:`, and only absolute. */
export function safeLink(href: string | undefined): string | null {
  if (href === undefined) return null;
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  return url.protocol === 'https:' || url.protocol === 'mailto:' ? url.href : null;
}
