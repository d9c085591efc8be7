import { expect, test } from 'vitest';
import type { AnswerNode } from './mark-citations.ts';
import { markDirections } from './mark-directions.ts';

test('blocks run the way their words do, what is inside of them with them', () => {
  const bold: AnswerNode = { type: 'element', tagName: 'strong', children: [{ type: 'text', value: 'שלום' }] };
  const item: AnswerNode = { type: 'element', tagName: 'li', properties: { id: 'a' }, children: [bold] };
  const list: AnswerNode = { type: 'element', tagName: 'ul', children: [item] };
  markDirections()({ type: 'root', children: [list] });
  expect([list, item, bold].map(({ properties }) => properties)).toEqual([undefined, { id: 'a', dir: 'auto' }, undefined]);
});
