import type { RecordQuery } from '../record-query.ts';
import { CLOSING, grouped, js } from './cell.ts';
import type { Turn } from './cell.ts';
import { inTemplate } from './finish.ts';
import { describeFilters } from './tally.ts';

/** Last turn over records: the figure, how it was made, and an example record. */
export function tallyFinishTurn(query: RecordQuery): Turn {
  const { want, filters, noun } = query;
  const described = filters.length === 0 ? '' : ` (${inTemplate(describeFilters(filters))})`;
  const base = `of \${${grouped('records.length')}} records${described}`;
  const sentence = ((): string => {
    switch (want.kind) {
      case 'count':
        return `**\${${grouped('result')}}** ${inTemplate(noun)} ${base}.`;
      case 'list':
        return `\${many} ${inTemplate(want.field)} in \${${grouped('chosen.length')}} ${base}\${listed}.`;
      case 'most':
        return `**\${result}** has the ${want.least ? 'fewest' : 'most'}: \${${grouped('ranking[0][1]')}} ${inTemplate(noun)}, counted over \${${grouped('chosen.length')}} ${base}.`;
      case 'extreme':
        return `The record with the ${want.least ? 'lowest' : 'highest'} ${inTemplate(want.field)} is **\${result}**, among \${${grouped('valued.length')}} ${base}.`;
      case 'reckon':
        return `The ${want.how} of ${inTemplate(want.field)} is **\${${grouped('result')}}**, over \${${grouped('values.length')}} ${base}.`;
    }
  })();
  const table = want.kind === 'most' ? `\n\n| ${inTemplate(want.field)} | ${inTemplate(noun)} |\n|---|---|\n\${ranking.slice(0, 10).map(([value, count]) => \`| \${value} | \${${grouped('count')}} |\`).join('\\n')}` : '';
  const listing = js`
const many = result.length === 1 ? \`**\${result[0]}** is the only\` : \`**\${result.length}** different values of\`;
const listed = result.length === 1 ? '' : ': ' + result.slice(0, 200).join(', ') + (result.length > 200 ? ', …' : '');`;
  return {
    plan: 'The example is a record of the right kind, so the figure counts what was asked. I finish with it.',
    code: js`
// FINISH: the figure, and how it was made.
${want.kind === 'list' ? `${listing}\n` : ''}// As it stands in its document, where it can be found there: a quotation.
const row = [',', '\t', ';', '|', ' | '].map((mark) => Object.values(chosen[0] ?? {}).join(mark));
const verbatim = [example, ...row].find((one) => one !== '' && one.length <= 240 && texts.some((text) => text.includes(one))) ?? '';
const holder = documents[texts.findIndex((text) => text.includes(verbatim))];
const shown = example === '' ? '' : verbatim === '' ? \`\n\nFor example: \${example}\` : \`\n\nFor example:\n\n> \${verbatim.replace(/\s+/g, ' ')}\${verbatim.length === 240 ? '…' : ''}\n\n— \${holder.name}\`;
FINAL(\`${sentence}${table}\${shown}

${CLOSING}\`);`,
  };
}
