import { CLOSING, grouped, js, literal } from './cell.ts';
import type { Turn } from './cell.ts';
import { inTemplate } from './finish.ts';

/** Counts of one word or phrase: how often, on how many lines, in which documents. */
export function mentionsTurn(phrase: string, pattern: RegExp): Turn {
  return {
    plan: `This asks how often or where “${phrase}” stands in the text: a search of the whole answers it exactly, no sub-model needed.`,
    code: js`
// MENTIONS: every place where it stands, by line and by document.
const pattern = ${literal(pattern)};
let found = grep(pattern, { limit: Infinity, around: 0 });
const times = found.length;
// The matches come in order, so a line is new where it differs from the one before.
const lines = found.filter((match, i) => i === 0 || match.line !== found[i - 1].line || match.document !== found[i - 1].document).length;
const holders = [...new Set(found.map(({ document }) => document))];
const examples = grep(pattern, { limit: 5, around: 60 });
found = null; // hundreds of thousands of matches need not stay
print(\`found: \${times} times, on \${lines} lines, in \${holders.length} of \${documents.length} documents\`);
for (const document of holders.slice(0, 20)) print(\`in: \${documents[document].name}\`);
for (const { before, text, after, line } of examples) print(\`line \${line}: …\${before}\${text}\${after}…\`);`,
  };
}

export function mentionsFinish(phrase: string, unit: 'times' | 'lines' | 'documents', noun: string): Turn {
  const said = inTemplate(phrase);
  const sentence = {
    times: `“${said}” stands **\${${grouped('times')}}** times in the text, on \${${grouped('lines')}} lines.`,
    lines: `**\${${grouped('lines')}}** ${inTemplate(noun)} contain “${said}” (\${${grouped('times')}} times in all).`,
    documents: `“${said}” stands in **\${${grouped('holders.length')}}** of \${${grouped('documents.length')}} documents: **\${holders.slice(0, 50).map((document) => documents[document].name).join(', ')}**.`,
  }[unit];
  return {
    plan: 'The search is exhaustive, so the figure is exact. I finish with it and the first place as an example.',
    code: js`
// FINISH: what the search of the whole text found.
const [first] = examples;
const example = first === undefined ? '' : \`\n\n> …\${(first.before + first.text + first.after).replace(/\s+/g, ' ').trim()}…\n\n— \${documents[first.document].name}, line \${first.line}\`;
FINAL(\`${sentence}\${example}

${CLOSING}\`);`,
  };
}
