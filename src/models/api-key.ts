import { ModelError } from './port.ts';

const HIDDEN = '[key]';
/** Shared runs of this many characters give a part of the key away. */
const SHORTEST_PART = 4;
/** Keys of known makers, whole or masked, so that another key than ours is hidden too. */
const KNOWN_KEYS = /\b(?:sk|pk|rk|gsk|csk|xai|hf|nvapi|pplx|tgp|fw|r8|key)[-_][\w*.…•-]{6,}|\bAIza[\w-]{10,}/gi;
const BEARER = /\bbearer\s+\S+/gi;
/** What masking leaves: `abcd****wxyz`, `abcd...wxyz`. */
const MASKED = /[\w-]*[*•]{2,}[\w*•-]*|[\w-]{2,}(?:\.{3,}|…)[\w-]{2,}/g;

/**
 * A key as a person pasted it, ready for the header: '' where there is none.
 * @throws ModelError `refused` where it holds what no header may, without repeating it.
 */
export function readKey(pasted: string | null): string {
  const key = (pasted ?? '').trim().replace(/^bearer\s+/i, '');
  if (/^[\x21-\x7e]*$/.test(key)) return key;
  throw new ModelError(
    'refused',
    'The API key holds spaces, line breaks or letters that no key has. Copy it again from your provider.',
  );
}

/**
 * Text of others without the key: providers repeat keys in their errors, whole or in part. Hides
 * the key, any part of it of four or more characters, anything that looks like a key, and what a
 * mask left of one.
 */
export function hideKey(text: string, key: string): string {
  return hideParts(text, key).replace(KNOWN_KEYS, HIDDEN).replace(BEARER, `Bearer ${HIDDEN}`).replace(MASKED, HIDDEN);
}

/** Replaces every word with a run of characters that is also in the key. */
function hideParts(text: string, key: string): string {
  if (key === '') return text;
  const length = Math.min(SHORTEST_PART, key.length);
  const parts = new Set<string>();
  for (let from = 0; from + length <= key.length; from += 1) parts.add(key.slice(from, from + length));
  return text.replace(/\S+/g, (word) => {
    for (let from = 0; from + length <= word.length; from += 1) {
      if (parts.has(word.slice(from, from + length))) return HIDDEN;
    }
    return word;
  });
}
