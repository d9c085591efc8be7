import { describe, expect, it } from 'vitest';
import { ModelError, type ModelFault } from '../models/port.ts';
import { retryWait } from './retry.ts';

const fault = (kind: ModelFault, retryAfterMs: number | null = null) =>
  new ModelError(kind, 'sentence', { retryAfterMs });

describe('retryWait', () => {
  it.each(['rate-limited', 'unavailable', 'cut', 'unreachable'] as const)('tries %s five times', (kind) => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => retryWait(fault(kind), attempt, 1));
    expect(waits).toEqual([500, 1000, 2000, 4000, null]);
  });

  it.each([
    ['refused', 1],
    ['rejected', 1],
    ['not-a-model', 2],
  ] as const)('tries %s %d times', (kind, attempts) => {
    expect(retryWait(fault(kind), attempts, 0)).toBeNull();
    if (attempts > 1) expect(retryWait(fault(kind), attempts - 1, 0)).not.toBeNull();
  });

  it('draws between half the wait and the whole', () => {
    expect(retryWait(fault('cut'), 3, 0)).toBe(1000);
    expect(retryWait(fault('cut'), 3, 0.5)).toBe(1500);
  });

  it('waits at least as long as the server asked, two minutes at most', () => {
    expect(retryWait(fault('rate-limited', 7_000), 1, 0)).toBe(7_000);
    expect(retryWait(fault('rate-limited', 7_000), 1, 1)).toBe(7_250);
    expect(retryWait(fault('rate-limited', 3_600_000), 1, 0)).toBe(120_000);
  });
});
