import { expect, test } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatCompact,
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyShort,
  formatRunTime,
  formatShare,
  plural,
} from './format.ts';

test.each([
  [0, '0 B'],
  [912, '912 B'],
  [1_000, '1.0 kB'],
  [148_200, '148 kB'],
  [999_600, '1.0 MB'],
  [1_234_567, '1.2 MB'],
  [41_234_880, '41.2 MB'],
  [512_000_000, '512 MB'],
  [1_100_000_000, '1.1 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test('counts in full', () => {
  expect(formatCount(61_408)).toBe('61,408');
  expect(formatCount(0)).toBe('0');
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_200, '1.2k'],
  [148_000, '148k'],
  [499_000, '499k'],
  [860_000, '0.86M'],
  [1_000_000, '1M'],
  [10_000_000, '10M'],
  [10_300_000, '10.3M'],
  [120_000_000, '120M'],
  [1_500_000_000, '1.5B'],
])('%d in little room is %s', (count, text) => expect(formatCompact(count)).toBe(text));

test.each([
  [null, 'unknown'],
  [0, '$0.00'],
  [0.37, '$0.370'],
  [0.0019, '$0.0019'],
  [0.00994, '$0.0099'],
  [0.00999, '$0.010'],
  [0.000012, '$0.000012'],
  [1e-9, '<$0.000001'],
  [0.9999, '$1.00'],
  [1234.5, '$1,234.50'],
  [-0.25, '-$0.250'],
])('%s USD is %s', (usd, text) => expect(formatMoney(usd)).toBe(text));

test('money to the cent', () => {
  expect(formatMoneyShort(0.3704)).toBe('$0.37');
  expect(formatMoneyShort(1)).toBe('$1.00');
  expect(formatMoneyShort(0.0019)).toBe('$0.0019');
  expect(formatMoneyShort(null)).toBe('unknown');
});

test.each([
  [0, '0:00'],
  [102_900, '1:42'],
  [1_800_000, '30:00'],
  [3_723_000, '1:02:03'],
])('the clock at %d ms says %s', (ms, text) => expect(formatClock(ms)).toBe(text));

test.each([
  [0, '0 s'],
  [0.2, '1 ms'],
  [3, '3 ms'],
  [200, '0.2 s'],
  [6_100, '6.1 s'],
  [9_960, '10 s'],
  [44_000, '44 s'],
  [59_600, '1:00'],
  [102_000, '1:42'],
])('%d ms last %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('shares and plurals', () => {
  expect([0, 0.0001, 0.004, 0.093, 0.02, 0.78, 1].map(formatShare)).toEqual([
    '0%', '<0.1%', '0.4%', '9.3%', '2%', '78%', '100%',
  ]);
  expect(plural(1, 'call')).toBe('1 call');
  expect(plural(0, 'call')).toBe('0 calls');
  expect(plural(1200, 'entry', 'entries')).toBe('1,200 entries');
});

test('says how long a run took, to the tenth below ten seconds', () => {
  expect([0, 640, 9940, 10_400, 143_000].map(formatRunTime)).toEqual(['0 s', '0.6 s', '9.9 s', '0:10', '2:23']);
});
