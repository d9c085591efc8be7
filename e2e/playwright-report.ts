/** What Playwright's JSON reporter writes, as far as the count needs it. */
export interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly Suite[];
}

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
}

export interface EndToEndCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Titles of tests that failed first and passed when tried again: they count as passed. */
  readonly flaky: readonly string[];
}

/** Counts out of a report: a test that passed when it was tried again has passed, and is named. */
export function countReport({ stats, suites }: PlaywrightReport): EndToEndCount {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    flaky: suites.flatMap((suite) => flakyOf(suite, [])),
  };
}

function flakyOf(suite: Suite, above: readonly string[]): string[] {
  const path = [...above, suite.title];
  const own = suite.specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ title }) => [...path, title].join(' › '));
  return [...own, ...(suite.suites ?? []).flatMap((inner) => flakyOf(inner, path))];
}
