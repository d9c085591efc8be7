import { expect, test } from 'vitest';
import { figuresTable } from './figures-table.ts';

test('figures become tables, other lines are passed over', () => {
  const lines = [
    '> matryoshka@0.1.0 bench',
    '{"bench":"context","name":"50 MB: match /error|warning/g","value":120.44,"unit":"ms","baseline":58.123,"ratio":2.072}',
    '{"bench":"context","name":"50 MB: grep rare","value":1234.5,"unit":"ms","baseline":1000,"ratio":1.2345}',
    '{"bench":"hostile","name":"endless loop","value":0.5,"unit":"s","baseline":1,"ratio":0.5}',
  ];
  expect(figuresTable(lines.join('\n'))).toBe(`| 50 MB | ours | baseline | ratio |
|---|---|---|---|
| match /error\\|warning/g | 120 ms | 58.1 ms | 2.07 |
| grep rare | 1,235 ms | 1,000 ms | 1.23 |

| hostile | ours | baseline | ratio |
|---|---|---|---|
| endless loop | 0.5 s | 1 s | 0.50 |
`);
});
