import { describe, expect, test } from 'vitest';
import type { DocumentPart } from '../../state/source-store.ts';
import { goToTarget } from './go-to-target.ts';

const info = { id: 'd', name: 'a', kind: 'pdf', chars: 3000, lines: 9120, bytes: 1, sha256: '' };
const pages: readonly DocumentPart[] = [
  { kind: 'page', number: 1, label: 'iv', from: 0 },
  { kind: 'page', number: 2, label: '1', from: 100 },
  { kind: 'page', number: 3, from: 250 },
];
const to = (typed: string, parts?: readonly DocumentPart[]) => goToTarget(typed, { info, ...(parts && { parts }) });
const problem = (typed: string, parts?: readonly DocumentPart[]) => {
  const target = to(typed, parts);
  return target.to === 'nowhere' ? target.problem : target;
};

describe('goToTarget', () => {
  test.each(['9120', '9,120', ' 9 120 ', 'line 9120', 'Line 9,120', 'l 9120', 'line9120'])('%s is a line', (typed) => {
    expect(to(typed)).toEqual({ to: 'line', line: 9120 });
  });

  test('a page by its number, or by what it is called', () => {
    expect(to('page 3', pages)).toEqual({ to: 'offset', offset: 250 });
    expect(to('p. 3', pages)).toEqual({ to: 'offset', offset: 250 });
    expect(to('p3', pages)).toEqual({ to: 'offset', offset: 250 });
    expect(to('Page IV', pages)).toEqual({ to: 'offset', offset: 0 });
    expect(to('page 1', pages)).toEqual({ to: 'offset', offset: 100 });
  });

  test('a sheet by its name', () => {
    const sheets: readonly DocumentPart[] = [{ kind: 'sheet', number: 1, label: 'Orders 2025', from: 40 }];
    expect(to('sheet orders 2025', sheets)).toEqual({ to: 'offset', offset: 40 });
  });

  test('characters and quotes', () => {
    expect(to('offset 123')).toEqual({ to: 'offset', offset: 123 });
    expect(to('offset 0')).toEqual({ to: 'offset', offset: 0 });
    expect(to('quote 3')).toEqual({ to: 'quote', number: 3 });
  });

  test('what is not there is told', () => {
    expect(problem('9121')).toBe('There is no line 9,121: the document has 9,120 lines.');
    expect(problem('0')).toBe('There is no line 0: the document has 9,120 lines.');
    expect(problem('offset 3001')).toBe('There is no character 3,001: the document has 3,000.');
    expect(problem('page 4', pages)).toBe('There is no page 4: the document has 3 pages.');
  });

  test('what is not understood is told with what would be', () => {
    expect(problem('')).toBe('Type a line number or “offset 1000”.');
    expect(problem('page 2')).toBe('Type a line number or “offset 1000”.');
    expect(problem('somewhere', pages)).toBe('Type a line number, “page 2” or “offset 1000”.');
    expect(problem('line x', pages)).toBe('Type a line number, “page 2” or “offset 1000”.');
  });
});
