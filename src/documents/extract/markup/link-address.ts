const LONGEST = 200;

/** The address of a link where it says something away from its page: whole and short; null otherwise. */
export function linkAddress(href: string | undefined): string | null {
  const address = href?.trim() ?? '';
  return address.length <= LONGEST && /^(?:https?:\/\/|mailto:)[^\s()]+$/i.test(address) ? address : null;
}
