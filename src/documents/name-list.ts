/** A name from a document on one line, at most `most` UTF-16 code units. */
export function shortName(name: string, most = 40): string {
  const plain = name
    .slice(0, 1000)
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}\p{Cf}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
}

/** As many of the names as go into `room` code units, and how many more there are: «a, b, c and 5 more». */
export function nameList(names: readonly string[], room: number): string {
  const told: string[] = [];
  let length = 0;
  for (const name of names) {
    if (told.length > 0 && length + name.length + 2 > room) break;
    told.push(name);
    length += name.length + 2;
  }
  const more = names.length - told.length;
  return more === 0 ? told.join(', ') : `${told.join(', ')} and ${more.toLocaleString('en')} more`;
}
