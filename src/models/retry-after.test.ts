import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

test.each<[Record<string, string>, string, number | null]>([
  [{ 'retry-after': '3' }, '', 3_000],
  [{ 'retry-after': '0' }, '', 0],
  [{ 'retry-after': '3', 'retry-after-ms': '1200' }, '', 1_200],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:20 GMT' }, '', 20_000],
  [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, '', 0],
  [{ 'retry-after': 'later' }, '', null],
  [{ 'retry-after': '-5' }, 'nothing', null],
  [{}, 'Rate limit reached. Please try again in 1.2s. Visit …', 1_200],
  [{}, 'Please try again in 350ms.', 350],
  [{}, 'Please retry in 34.07s', 34_070],
  [{}, 'try again in 2 minutes', 120_000],
  [{ 'retry-after': '1' }, 'try again in 9s', 1_000],
  [{}, 'try again later', null],
])('%j and %j', (headers, message, ms) => {
  expect(retryAfterMs(new Headers(headers), message, NOW)).toBe(ms);
});
