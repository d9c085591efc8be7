const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu;

/** Words of a text; signs of scripts that put no spaces count as half a word each. */
export function wordCount(text: string): number {
  const signs = text.match(CJK)?.length ?? 0;
  const rest = signs === 0 ? text : text.replace(CJK, ' ');
  return (rest.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,-]*/gu)?.length ?? 0) + signs / 2;
}

/**
 * Whether text in quotation marks says that it is quoted. A word or two may be a term, an ironic use
 * or a name; a few words that all begin with capitals are a title.
 */
export function saysItQuotes(text: string): boolean {
  const words = wordCount(text);
  if (words < 3 || (words < 4 && text.length < 18)) return false;
  return !isTitle(text);
}

/** Words that titles write small. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an the of and or nor but in on at to for from by with as vs de des du la le les et der die das und von zu el y e'.split(' '),
);

function isTitle(text: string): boolean {
  if (/[.!?;]\s*$|[.;!?]\s/u.test(text)) return false;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  if (words.length > 10) return false;
  const told = words.filter((word) => !SMALL_WORDS.has(word));
  return told.length > 0 && told.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be been but by can did do does for from had has have he her his i if in into is it its may me my no nor not of on or our she so than that the their them then there these they this those to too us was we were what when where which while who why will with you your yes true false null none unknown note answer summary total'.split(
    ' ',
  ),
);

/** Whether a value of an answer says enough to be looked for: three signs, not all of them common words. */
export function isTelling(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const signs = words.join('').length;
  return (signs >= 3 || /[\u3400-\u9fff\uac00-\ud7af]{2}/u.test(text)) && words.some((word) => !STOP_WORDS.has(word));
}
