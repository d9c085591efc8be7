import type { FactTemplate } from './facts-dev.ts';

/** type, sentence, what the answer must hold, questions it answers, questions it does not. */
export type Pattern = readonly [type: string, sentence: string, expect: string, questions: readonly string[], absent: readonly string[]];

/**
 * Templates from patterns. Placeholders: `{P}` `{Q}` persons, `{W}` `{V}` `{X}` made-up words (X is
 * for another thing, of which nothing is said), `{N}` a number, `{Y}` a year, `{C}` a code.
 */
export function fromPatterns(patterns: readonly Pattern[]): FactTemplate[] {
  return patterns.map(([type, sentence, expect, questions, absent]) => (r) => {
    const values: Readonly<Record<string, string>> = {
      P: r.person(),
      Q: r.person(),
      W: r.word(),
      V: r.word(),
      X: r.word(),
      N: String(r.number(12, 980)),
      Y: String(r.number(1650, 1990)),
      C: r.code(),
    };
    const fill = (text: string): string => text.replace(/\{(\w)\}/g, (_, key: string) => values[key] ?? '');
    return { type, sentence: fill(sentence), expect: fill(expect), questions: questions.map(fill), absent: absent.map(fill) };
  });
}
