import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readTable } from '../answer-table.ts';
import { toCsv } from './answer-csv.ts';

const csv = (value: unknown): string => toCsv(readTable(value) ?? { columns: [], rows: [] });

describe('a table as CSV', () => {
  it('has a line of names, quotes where they are needed, JSON in cells and nothing for what is not there', () => {
    expect(csv([{ a: 1, 'b,c': 'x' }, { a: 'said "so"', d: [1, { e: 2 }] }, { a: null, 'b,c': 'two\nlines', d: false }])).toBe(
      'a,"b,c",d\r\n1,x,\r\n"said ""so""",,"[1,{""e"":2}]"\r\n,"two\nlines",false',
    );
  });

  it('holds no formula that a spreadsheet would run, in names neither', () => {
    const formulas = ['=1+1', '+cmd|x', '-2+3', '@SUM(1)', '\t=1', '\r=1', '=HYPERLINK("x")\nmore', '＝1'];
    for (const formula of formulas) {
      const [, row = []] = Papa.parse<string[]>(csv([{ a: formula }])).data;
      expect(row[0]).toBe(`'${formula}`);
    }
    expect(Papa.parse<string[]>(csv([{ '=1+1': 1 }])).data[0]).toEqual(["'=1+1"]);
    expect(csv([{ a: -5, b: '-5', c: '+1.25', d: 'a=b' }])).toBe('a,b,c,d\r\n-5,-5,+1.25,a=b');
  });

  it('is read back as what it was', () => {
    const text = fc.string({ unit: 'binary' }).map((given) => given.replaceAll('\r', '')).filter((given) => !/^[=+\-@\t\n＝＋－＠]/.test(given));
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 10 }), (rows) => {
        const back = Papa.parse<string[]>(csv(rows), { delimiter: ',', newline: '\r\n' }).data;
        expect(back).toEqual([['column 1', 'column 2'], ...rows]);
      }),
    );
  });
});
