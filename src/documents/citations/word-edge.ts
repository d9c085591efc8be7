const DIGIT = /\p{N}/u;
/** Letters of scripts that put spaces between words. */
const LETTER = /[\p{L}\p{M}]/u;
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Whether [from, to) of a text begins and ends where a number does, and a word too where `words`: the
 * quotation «able to pay» is not that of «unable to pay».
 */
export function endsAtEdges(text: string, from: number, to: number, words: boolean): boolean {
  return isEdge(text, from, words) && isEdge(text, to, words);
}

function isEdge(text: string, at: number, words: boolean): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  if (before === '' || after === '') return true;
  if (DIGIT.test(before) && DIGIT.test(after)) return false;
  if (inNumber(text.slice(Math.max(0, at - 2), at + 1)) || inNumber(text.slice(Math.max(0, at - 1), at + 2))) return false;
  if (!words || SPACELESS.test(before) || SPACELESS.test(after)) return true;
  const inWord = (sign: string): boolean => DIGIT.test(sign) || LETTER.test(sign);
  return !(inWord(before) && inWord(after));
}

/** «1.5» and «15,000» are one number. */
const inNumber = (three: string): boolean => /^\d[.,]\d$/.test(three);
