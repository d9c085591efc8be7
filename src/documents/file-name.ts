const LONGEST = 200;

/**
 * A dropped file's name made harmless to show, to log and to give to a model: the last part of a
 * path, one line, no control or text-direction characters, at most 200 UTF-16 code units (the
 * extension is kept). A name of which nothing is left becomes `unnamed`.
 */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    // Invisible and direction-changing characters let «gpj.exe» look like «exe.jpg».
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  if (plain === '' || /^\.+$/.test(plain)) return 'unnamed';
  if (plain.length <= LONGEST) return plain;
  const extension = /\.[^.\s]{1,12}$/.exec(plain)?.[0] ?? '';
  // A cut surrogate pair would be an ill-formed name again.
  const stem = plain.slice(0, LONGEST - extension.length - 1).replace(/[\ud800-\udbff]$/, '');
  return `${stem}…${extension}`;
}
