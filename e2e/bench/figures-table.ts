import type { Figure } from './figure.ts';

/** Figures, as the benchmark prints them one a line, as Markdown tables: one for each kind of name. */
export function figuresTable(lines: string): string {
  const figures = lines.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Figure] : []));
  const groups = new Map<string, string[]>();
  for (const { bench, name, value, unit, baseline, ratio } of figures) {
    const [, group = bench, rest = name] = /^(.+?): (.+)$/.exec(name) ?? [];
    const row = `| ${escaped(rest)} | ${shown(value)} ${unit} | ${shown(baseline)} ${unit} | ${ratio.toFixed(2)} |`;
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups]
    .map(([group, rows]) => `| ${escaped(group)} | ours | baseline | ratio |\n|---|---|---|---|\n${rows.join('\n')}\n`)
    .join('\n');
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');

/** Three digits that count. */
const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
