import { parseMarkup } from './markup/parse-markup.ts';

/** Points of a series that are written. */
const MOST_POINTS = 10_000;

interface Series {
  name: string;
  readonly categories: Map<number, string>;
  readonly values: Map<number, string>;
}

/** A chart as the table of the values it was last drawn from: a column for each series. */
export async function readChart(
  xml: string,
  signal: AbortSignal,
): Promise<{ readonly title: string; readonly rows: readonly (readonly string[])[] }> {
  const all: Series[] = [];
  let title = '';
  let series: Series | null = null;
  let part: 'tx' | 'cat' | 'val' | null = null;
  let point = 0;
  let inTitle = false;
  let inText = false;
  await parseMarkup(
    [xml],
    {
      open(name, attributes) {
        switch (name) {
          case 'ser':
            series = { name: '', categories: new Map(), values: new Map() };
            all.push(series);
            return;
          case 'tx':
            part = 'tx';
            return;
          case 'cat':
          case 'xVal':
            part = 'cat';
            return;
          case 'val':
          case 'yVal':
            part = 'val';
            return;
          case 'pt':
            point = Math.max(0, Number.parseInt(attributes['idx'] ?? '0', 10) || 0);
            return;
          case 'title':
            inTitle = all.length === 0;
            return;
          case 'v':
          case 't':
            inText = true;
        }
      },
      close(name) {
        if (name === 'ser') series = null;
        if (name === 'title') inTitle = false;
        if (name === 'v' || name === 't') inText = false;
        if (['tx', 'cat', 'xVal', 'val', 'yVal'].includes(name)) part = null;
      },
      text(text) {
        if (!inText) return;
        if (inTitle) title += text;
        else if (series && part === 'tx') series.name += text;
        else if (series && part !== null && point < MOST_POINTS) {
          const values = part === 'cat' ? series.categories : series.values;
          values.set(point, (values.get(point) ?? '') + text);
        }
      },
    },
    { syntax: 'xml', signal },
  );
  const categories = all.find((each) => each.categories.size > 0)?.categories ?? new Map<number, string>();
  const points = new Set([...categories.keys(), ...all.flatMap(({ values }) => [...values.keys()])]);
  const rows = [...points]
    .toSorted((a, b) => a - b)
    .map((at) => [categories.get(at) ?? `${at + 1}`, ...all.map(({ values }) => values.get(at) ?? '')]);
  const header = ['Category', ...all.map(({ name }, i) => name || `Series ${i + 1}`)];
  return { title: title.replace(/\s+/g, ' ').trim(), rows: rows.length === 0 ? [] : [header, ...rows] };
}
