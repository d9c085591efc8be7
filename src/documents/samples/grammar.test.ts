import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import { createWriter } from './grammar.ts';

const rules = {
  thing: ['old boat', 'kettle'],
  place: ['quay'],
  sentence: ['{A thing} stood by the {place}.'],
  digit: ['0', '1', '2', '3', '4', '5', '6', '7'],
};
const writer = () => createWriter(rules, seededRandom('grammar'));

describe('createWriter', () => {
  it('expands rules within rules, with articles and capitals', () => {
    const { write } = writer();
    expect([write('{sentence}'), write('{sentence}')].sort()).toEqual([
      'A kettle stood by the quay.',
      'An old boat stood by the quay.',
    ]);
  });

  it('deals every alternative before one comes again, in an order of its own each time', () => {
    const { write } = writer();
    const round = () => Array.from(rules.digit, () => write('{digit}'));
    const [first, second] = [round(), round()];
    expect(first.toSorted()).toEqual(rules.digit);
    expect(second.toSorted()).toEqual(rules.digit);
    expect(second).not.toEqual(first);
  });

  it('never deals the same twice running', () => {
    const { write } = createWriter({ side: ['left', 'right', 'up'] }, seededRandom('runs'));
    let last = '';
    for (let round = 0; round < 200; round++) {
      const side = write('{side}');
      expect(side).not.toBe(last);
      last = side;
    }
  });

  it('puts given words before rules', () => {
    const given = { who: 'ada', thing: 'owl' };
    expect(writer().write('{Who} saw {a thing}', given)).toBe('Ada saw an owl');
  });

  it('names the rule that is missing', () => {
    expect(() => writer().write('{nothing}')).toThrow('«nothing»');
  });
});
