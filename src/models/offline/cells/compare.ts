import type { Keyword } from '../keywords.ts';
import { ASK_FUNCTION } from './ask.ts';
import { CLOSING, js, literal } from './cell.ts';
import type { Turn } from './cell.ts';
import { inTemplate } from './finish.ts';
import { RANK_FUNCTION } from './rank.ts';

export interface Side {
  readonly name: string;
  readonly question: string;
  readonly keywords: readonly Keyword[];
}

/** Turn 2 of «A or B?»: the same question to each side. */
export function compareTurn(sides: readonly Side[]): Turn {
  return {
    plan: `To compare, I need the same fact about each: ${sides.map((side) => `“${side.question}”`).join(' and ')} Each side gets its own search and its own sub-calls.`,
    code: js`
// COMPARE: the same question to each side.
${RANK_FUNCTION}

${ASK_FUNCTION}

const sides = [
${sides.map((side) => `  { name: ${literal(side.name)}, question: ${literal(side.question)}, keywords: ${literal(side.keywords)} },`).join('\n')}
];
for (const side of sides) {
  const { answers } = await ask(side.question, rank(side.keywords, 5));
  side.best = answers[0];
  print('side: ' + JSON.stringify({ name: side.name, answer: side.best?.answer ?? null, quote: side.best?.quote.slice(0, 300) ?? null }));
}`,
  };
}

/** `winner` is worked out by the root from the printed values. */
export function compareFinish(winner: string, reason: string): Turn {
  return {
    plan: 'Both sides are known and their quotes were found in the text, so they can be compared.',
    code: js`
// FINISH: both facts, and what follows from them.
const shown = sides.map(({ name, best }) => \`- \${name}: \${best.answer}\n\n  > \${best.quote.replace(/\s+/g, ' ')}\n\n  — \${best.document}, line \${best.line}\`);
FINAL(\`**${inTemplate(winner)}** ${inTemplate(reason)}

\${shown.join('\n')}

${CLOSING}\`);`,
  };
}
