/** A web address as a person types it, `https://` added where it is left out; null where it is none. */
export function addressOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || /\s/.test(trimmed)) return null;
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(whole)) return null;
  const { protocol, hostname, href } = new URL(whole);
  const named = hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[');
  return (protocol === 'https:' || protocol === 'http:') && named ? href : null;
}
