import { CLOSING, grouped, js, literal } from './cell.ts';
import type { Turn } from './cell.ts';

/** Text inside a template literal of the guest. */
export const inTemplate = (text: string): string => text.replace(/[\\`]/g, '\\$&').replace(/\$\{/g, '\\${');

const withAnswer = (sentence: string): string =>
  inTemplate(sentence).replace('{answer}', '**${best.answer}**').replace('{document}', '**${best.document}**');

/** Last turn where an answer was found. `sentence` has `{answer}` or `{document}` where they go. */
export function finishTurn(sentence: string, plan: string): Turn {
  const said = withAnswer(sentence);
  return {
    plan,
    code: js`
// FINISH: the quote stands in the text, so it can carry the answer.
const best = answers[0];
const others = answers.slice(1).filter((one) => one.votes > 0 && one.confidence > best.confidence - 4 && one.answer.toLowerCase() !== best.answer.toLowerCase());
const also = others.length > 0 ? \`\n\nThe text also says: \${others.slice(0, 2).map((one) => \`\${one.answer} (\${one.document}, line \${one.line})\`).join('; ')}.\` : '';
FINAL(\`${said}

> \${best.quote.replace(/\s+/g, ' ')}

— \${best.document}, line \${best.line}\${also}

${CLOSING}\`);`,
  };
}

/** Two facts that hang together: both quotes. */
export function joinedTurn(sentence: string, bridge: string): Turn {
  return {
    plan: 'The second search closed the gap: one passage names the link, another says the rest. Both quotes go into the answer.',
    code: js`
// FINISH: two passages answer together.
const best = answers[0];
FINAL(\`${withAnswer(sentence)}

> \${best.quote.replace(/\s+/g, ' ')}

— \${best.document}, line \${best.line}

found by way of

> ${inTemplate(bridge)}

${CLOSING}\`);`,
  };
}

/** Last turn where nothing was found: what was searched, no guess. */
export function notFoundTurn(asked: string, searched: readonly string[], how: string): Turn {
  const words = searched.length === 0 ? '' : ` I searched for ${searched.join(', ')} ${how}.`;
  return {
    plan: 'No passage says it, and the nearest ones are about something else. I say so instead of guessing.',
    code: js`
// FINISH: nothing in the text answers this, and a guess would be worse than saying so.
const where = documents.length === 1 ? documents[0].name : \`the \${documents.length} documents\`;
FINAL(\`Not found: \${where} (\${${grouped('size')}} characters) \${documents.length === 1 ? 'does' : 'do'} not say ${inTemplate(asked)}.${inTemplate(words)}

${CLOSING}\`);`,
  };
}

/** A final answer that is known as text already. */
export function sayTurn(text: string, plan: string): Turn {
  return {
    plan,
    code: js`
// FINISH: say so.
FINAL(${literal(`${text}\n\n${CLOSING}`)});`,
  };
}

/** What the root read itself, checked once more against the text. */
export function readFinishTurn(sentence: string, answer: string, quote: string): Turn {
  return {
    plan: 'One of the passages says it. I look for the very words in the text once more, and finish with them.',
    code: js`
// FINISH: the sentence I read, found again in the text.
const quote = ${literal(quote)};
const holder = texts.findIndex((text) => text.includes(quote));
const source = holder < 0 ? '' : \`\n\n— \${documents[holder].name}, line \${texts[holder].slice(0, texts[holder].indexOf(quote)).split('\n').length}\`;
FINAL(\`${inTemplate(sentence).replace('{answer}', `**${inTemplate(answer)}**`)}

> \${quote.replace(/\s+/g, ' ')}\${source}

${CLOSING}\`);`,
  };
}
