import { describe, expect, it } from 'vitest';
import type { PriceEstimate } from '../models/port.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../trajectory/settings.ts';
import { createBudget } from './budget.ts';

/** A cent for each 1,000 prompt tokens, output free. */
const cent: PriceEstimate = (_, input) => input / 100_000;
const size = (cents: number) => ({ model: 'm', chars: cents * 4_000 });

function meter(settings: Partial<RunSettings>, price: PriceEstimate = cent) {
  const told: string[] = [];
  const budget = createBudget({ ...DEFAULT_SETTINGS, ...settings }, price, () => 10_000, {
    reached: (limit, value, call) => told.push([limit, value, call].filter(Boolean).join(' ')),
    priceUnknown: (model) => told.push(`unknown ${model}`),
  });
  return { budget, told };
}

describe('money', () => {
  it('is reserved before dispatch, so that many at once cannot pass the same check', () => {
    const { budget, told } = meter({ budgetUsd: 0.05 });
    const results = Array.from({ length: 8 }, () => budget.reserveSubCall(size(1)));
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false, false, false]);
    expect(results[5]).toMatchObject({ limit: 'usd', message: expect.stringContaining('0.05 USD') });
    expect(told).toEqual(['usd 0.05']);
    expect(budget.ending).toBe('usd');
  });

  it('is settled once with the real cost', () => {
    const { budget } = meter({ budgetUsd: 0.05 });
    const first = budget.reserveSubCall(size(4));
    expect(budget.view(3).usd).toBeCloseTo(0.01);
    if (first.ok) {
      first.settle(0.005);
      first.settle(0);
    }
    expect(budget.view(3).usd).toBeCloseTo(0.045);
    expect(budget.reserveSubCall(size(4)).ok).toBe(true);
  });

  it('is kept for the last turn of the root, out of reach of sub-calls', () => {
    const { budget, told } = meter({ budgetUsd: 0.05 });
    budget.planTurn(size(1), size(2));
    expect(told).toEqual([]);
    expect(budget.reserveTurn(size(1)).ok).toBe(true);
    expect(budget.view(3).usd).toBeCloseTo(0.02);
    expect(budget.reserveSubCall(size(3)).ok).toBe(false);
    expect(budget.reserveTurn(size(3)).ok).toBe(true);
  });

  it('makes the coming turn the last where two are not affordable', () => {
    const { budget, told } = meter({ budgetUsd: 0.05 });
    budget.planTurn(size(3), size(3));
    expect(told).toEqual(['usd 0.05']);
    expect(budget.ending).toBe('usd');
    expect(budget.reserveTurn(size(3)).ok).toBe(true);
  });

  it('is not reserved where the price is unknown, which is said once', () => {
    const { budget, told } = meter({ budgetUsd: 0.05 }, () => null);
    expect([budget.reserveSubCall(size(1_000)).ok, budget.reserveSubCall(size(1_000)).ok]).toEqual([true, true]);
    expect(budget.view(1).usd).toBeNull();
    expect(told).toEqual(['unknown m']);
  });

  it('is reserved by what replies turned out to cost, where no list has the price', () => {
    const { budget, told } = meter({ budgetUsd: 0.05 }, () => null);
    const first = budget.reserveSubCall(size(1));
    if (first.ok) first.settle(0.02);
    expect(budget.view(1).usd).toBeCloseTo(0.03);
    expect([1, 2].map(() => budget.reserveSubCall(size(1)).ok)).toEqual([true, false]);
    expect(told).toEqual(['unknown m', 'usd 0.05']);
  });

  it('lets a free model run on a budget of nothing', () => {
    const { budget } = meter({ budgetUsd: 0 }, () => 0);
    expect(budget.reserveSubCall(size(1)).ok).toBe(true);
  });
});

describe('calls', () => {
  it('are counted as they are reserved; a refused one is not', () => {
    const { budget, told } = meter({ maxSubCalls: 2, budgetUsd: 1 });
    expect(budget.reserveSubCall(size(500)).ok).toBe(false);
    expect(budget.view(1).calls).toBe(2);
    const results = Array.from({ length: 4 }, () => budget.reserveSubCall(null).ok);
    expect(results).toEqual([true, true, false, false]);
    expect(budget.view(1).calls).toBe(0);
    expect(told).toEqual(['usd 1', 'subCalls 2']);
  });

  it('are none at a depth limit of 0', () => {
    const { budget, told } = meter({ maxDepth: 0 });
    expect(budget.reserveSubCall(size(0))).toMatchObject({ ok: false, limit: 'depth' });
    expect(told).toEqual(['depth']);
  });

  it('are refused when the time is up', () => {
    const { budget } = meter({});
    budget.reach('seconds', 1800);
    expect(budget.reserveSubCall(null)).toMatchObject({ ok: false, limit: 'seconds' });
    expect(budget.ofChild('0.1').reserveTurn(size(0))).toMatchObject({ ok: false, limit: 'seconds' });
    expect(budget.reserveTurn(size(0)).ok).toBe(true);
    expect(budget.ending).toBe('seconds');
  });
});

it('shows what is left', () => {
  expect(meter({}).budget.view(7)).toEqual({ calls: 200, tokens: null, usd: 1, turns: 7, seconds: 1790 });
});

it('tells a limit of a call once for each call', () => {
  const { budget, told } = meter({});
  budget.reach('turns', 30, '0.1');
  budget.reach('turns', 30, '0.1');
  budget.reach('turns', 30, '0.2');
  expect(told).toEqual(['turns 30 0.1', 'turns 30 0.2']);
});
