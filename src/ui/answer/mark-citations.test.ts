import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnswerNode, markCitations } from './mark-citations.ts';

const text = (value: string): AnswerNode => ({ type: 'text', value });
const element = (tagName: string, ...children: AnswerNode[]): AnswerNode => ({ type: 'element', tagName, children });
const root = (...children: AnswerNode[]): AnswerNode => ({ type: 'root', children });

/** The tree in short: cites as `[index:words]`, with `!` where they are the last piece. */
function short(node: AnswerNode): string {
  if (node.type === 'text') return node.value ?? '';
  const inside = (node.children ?? []).map(short).join('');
  if (node.tagName !== 'cite') return inside;
  return `[${String(node.properties?.['dataIndex'])}:${inside}${node.properties?.['dataLast'] ? '!' : ''}]`;
}

function marked(tree: AnswerNode, ...quotes: string[]): string {
  markCitations(quotes.map((quote, index) => ({ quote, index })))()(tree);
  return short(tree);
}

test('a quote is marked where it stands, in each of its places', () => {
  expect(marked(root(element('p', text('It says “so be it” and again “so be it”.'))), 'so be it')).toBe(
    'It says [0:“so be it”!] and again [0:“so be it”!].',
  );
});

test('over bold words and line ends it is marked in pieces', () => {
  const tree = root(element('blockquote', element('p', text('shall '), element('strong', text('remain\nopen')), text(' until then'))));
  expect(marked(tree, 'shall **remain open** until')).toBe('[0:shall ][0:remain\nopen][0: until!] then');
});

test('a heading is marked without its sign', () => {
  expect(marked(root(element('blockquote', element('h3', text('Keys and codes')))), '# Keys and codes')).toBe('[0:Keys and codes!]');
});

test('the longer of two comes first, and nothing is marked twice', () => {
  const tree = root(element('p', text('The code is 7413-QX today.')));
  expect(marked(tree, '7413-QX', 'code is 7413-QX')).toBe('The [1:code is 7413-QX!] today.');
});

test('code blocks, links and other blocks keep their text', () => {
  const tree = root(element('pre', element('code', text('open'))), element('p', element('a', text('open')), text(' open')));
  expect(marked(tree, 'open')).toBe('openopen [0:open!]');
  const two = root(element('ul', element('li', text('one end')), element('li', text('of two'))));
  expect(marked(two, 'end of')).toBe('one endof two');
});

test('marking never changes the text', () => {
  const words = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'ab', '*'), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), fc.array(words, { maxLength: 4 }), (parts, quotes) => {
      const tree = root(element('p', ...parts.map((part, nth) => (nth % 2 ? element('em', text(part)) : text(part)))));
      markCitations(quotes.map((quote, index) => ({ quote, index })))()(tree);
      const bare = (node: AnswerNode): string => node.value ?? (node.children ?? []).map(bare).join('');
      expect(bare(tree)).toBe(parts.join(''));
    }),
  );
});
