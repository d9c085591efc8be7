import { expect, test } from 'vitest';
import { countReport } from './playwright-report.ts';

const spec = (title: string, status: string) => ({ title, tests: [{ status }] });

test('a test that passed when tried again has passed, and is named with where it stands', () => {
  const report = {
    stats: { expected: 2, unexpected: 1, flaky: 2, skipped: 1 },
    suites: [
      {
        title: 'one.spec.ts',
        specs: [spec('a', 'expected'), spec('b', 'flaky'), spec('c', 'unexpected')],
        suites: [{ title: 'inner', specs: [spec('d', 'flaky'), spec('e', 'expected'), spec('f', 'skipped')] }],
      },
    ],
  };
  expect(countReport(report)).toEqual({
    passed: 4,
    failed: 1,
    skipped: 1,
    flaky: ['one.spec.ts › b', 'one.spec.ts › inner › d'],
  });
});
