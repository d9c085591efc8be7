import { sentences } from './sentences.ts';
import { STOP_WORDS } from './stop-words.ts';
import { stem, tokenise } from './terms.ts';

/**
 * The `count` sentences that hold most of the passage's frequent words, in the order of the text.
 * Extractive: every one of them stands in the passage, word for word.
 */
export function centralSentences(passage: string, count: number): string[] {
  const all = sentences(passage).filter((sentence) => sentence.text.length >= 25);
  const pool = all.length > 0 ? all : sentences(passage);
  const stemmed = pool.map((sentence) => [
    ...new Set(tokenise(sentence.text).filter((token) => !STOP_WORDS.has(token.lower) && token.text.length > 2).map((token) => stem(token.lower))),
  ]);
  const frequency = new Map<string, number>();
  for (const word of stemmed.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const score = (i: number): number => {
    const words = stemmed[i] ?? [];
    const total = words.reduce((sum, word) => sum + Math.log2(frequency.get(word) ?? 1), 0);
    // Very long sentences would win by length alone; the first says what a passage is about.
    return (total / Math.sqrt(words.length + 4)) * (i === 0 ? 1.15 : 1);
  };
  return pool
    .map((sentence, i) => ({ sentence, score: score(i) }))
    .sort((a, b) => b.score - a.score || a.sentence.from - b.sentence.from)
    .slice(0, count)
    .sort((a, b) => a.sentence.from - b.sentence.from)
    .map(({ sentence }) => clip(sentence.text.replace(/\s+/g, ' ')));
}

const clip = (text: string): string => (text.length <= 400 ? text : `${text.slice(0, 400).replace(/\s+\S*$/, '')} …`);
