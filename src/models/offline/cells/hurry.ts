import type { Keyword } from '../keywords.ts';
import { ASK_FUNCTION } from './ask.ts';
import { CLOSING, js, literal } from './cell.ts';
import type { Turn } from './cell.ts';
import { RANK_FUNCTION } from './rank.ts';

/** Everything in one cell, for a run that leaves no second turn. */
export function hurriedTurn(question: string, keywords: readonly Keyword[], subModels: boolean): Turn {
  return {
    plan: 'This is my last turn, so search, reading and answer go into one cell.',
    code: js`
// HURRY: search, read and answer at once.
const texts = Array.isArray(context) ? context : [context];
const size = texts.reduce((sum, text) => sum + text.length, 0);
${RANK_FUNCTION}

${ASK_FUNCTION}

const passages = rank(${literal(keywords)}, 8);
const { answers } = ${subModels ? `await ask(${literal(question)}, passages)` : '{ answers: [] }'};
const best = answers[0];
if (best) FINAL(\`**\${best.answer}**\n\n> \${best.quote.replace(/\s+/g, ' ')}\n\n— \${best.document}, line \${best.line}\n\n${CLOSING}\`);
else FINAL(\`Not found: the passages that one hurried search could read do not say it.\n\n${CLOSING}\`);`,
  };
}
