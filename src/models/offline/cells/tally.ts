import type { Filter, RecordQuery } from '../record-query.ts';
import { js, literal } from './cell.ts';
import type { Turn } from './cell.ts';

const get = (field: string): string => (/^[A-Za-z_]\w*$/.test(field) ? `record.${field}` : `record[${literal(field)}]`);

function condition(filter: Filter): string {
  switch (filter.kind) {
    case 'is': {
      const test = filter.values.length === 1 ? `${get(filter.field)} === ${literal(filter.values[0])}` : `${literal(filter.values)}.includes(${get(filter.field)})`;
      return filter.not ? `!(${test})` : test;
    }
    case 'starts':
      return `String(${get(filter.field)}).startsWith(${literal(filter.prefix)})`;
    case 'number':
      return `numberIn(${get(filter.field)}) ${filter.op} ${filter.than}`;
    case 'text':
      return filter.exact ? `textOf(record).includes(${literal(filter.text)})` : `textOf(record).toLowerCase().includes(${literal(filter.text.toLowerCase())})`;
  }
}

/** The filters in words, for the answer. */
export function describeFilters(filters: readonly Filter[]): string {
  const one = (filter: Filter): string => {
    switch (filter.kind) {
      case 'is':
        return `${filter.field} ${filter.not ? 'is not' : 'is'} ${filter.values.join(' or ')}`;
      case 'starts':
        return `${filter.field} in ${filter.prefix}`;
      case 'number':
        return `${filter.field} ${filter.op} ${filter.than}`;
      case 'text':
        return `containing “${filter.text}”`;
    }
  };
  return filters.map(one).join(' and ');
}

function measure(want: RecordQuery['want']): string {
  switch (want.kind) {
    case 'count':
      return js`
const result = String(chosen.length);
print(\`result: \${result}\`);`;
    case 'list':
      return js`
const result = [...new Set(chosen.map((record) => ${get(want.field)}))].filter((value) => value !== undefined && value !== '');
print(\`result: \${result.length} different values\`);
print(result.slice(0, 20));`;
    case 'most':
      return js`
const tally = new Map();
for (const record of chosen) tally.set(${get(want.field)}, (tally.get(${get(want.field)}) ?? 0) + 1);
const ranking = [...tally].filter(([value]) => value !== undefined && value !== '').sort((a, b) => ${want.least ? 'a[1] - b[1]' : 'b[1] - a[1]'});
const result = ranking.filter(([, count]) => count === ranking[0][1]).map(([value]) => value).join(' and ');
print(\`result: \${result}\`);
print(ranking.slice(0, 10));`;
    case 'extreme':
      return js`
const valued = chosen.filter((record) => !Number.isNaN(numberIn(${get(want.field)})));
valued.sort((a, b) => (numberIn(${get(want.field).replace('record', 'a')}) - numberIn(${get(want.field).replace('record', 'b')})) * ${want.least ? '1' : '-1'});
const result = Object.entries(valued[0] ?? {}).filter(([key]) => key !== 'text').map(([key, value]) => \`\${key}: \${value}\`).join(', ');
print(\`result: \${result}\`);`;
    case 'reckon':
      return js`
const values = chosen.map((record) => numberIn(${get(want.field)})).filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
const sum = values.reduce((a, b) => a + b, 0);
const reckoned = { average: sum / values.length, sum, median: (values[Math.floor((values.length - 1) / 2)] + values[Math.ceil((values.length - 1) / 2)]) / 2 }.${want.how};
const result = String(Math.round(reckoned * 100) / 100);
print(\`result: \${result} over \${values.length} values\`);`;
  }
}

/** Turn 3 over records: the tally itself. */
export function tallyTurn(query: RecordQuery): Turn {
  const test = query.filters.length === 0 ? 'true' : query.filters.map(condition).join(' && ');
  const words = query.filters.length === 0 ? 'all records' : `the records with ${describeFilters(query.filters)}`;
  return {
    plan: `The fields are known now, so one filter does it: ${words}. I look at the result and at an example before I answer.`,
    code: js`
// TALLY: pick the records, count, and look at an example.
const textOf = (record) => record.text ?? Object.values(record).join(' ');
const numberIn = (value) => Number.parseFloat(String(value ?? '').replace(/[^\d.+-]/g, ''));
const chosen = records.filter((record) => ${test});
print(\`chosen: \${chosen.length} of \${records.length} records\`);
${measure(query.want)}
const example = chosen[0] === undefined ? '' : (chosen[0].text ?? Object.entries(chosen[0]).map(([key, value]) => \`\${key}: \${value}\`).join(', ')).slice(0, 240);
print('example: ' + JSON.stringify(example));`,
  };
}
