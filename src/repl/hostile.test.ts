import { describe, expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';
import { ATTACKS } from './testing/attacks.ts';
import type { Attack } from './testing/attacks.ts';

const MEMORY_BYTES = 48 * 2 ** 20;

/** Runs one attack between two innocent cells. */
async function attack({ code, endless, heavy }: Attack) {
  const session = await testSession('some context', undefined, heavy ? MEMORY_BYTES : undefined);
  expect(await session.run('var kept = { list: [1, 2, 3], name: "kept" }')).toMatchObject({ ok: true });
  const ran = await session.run(code, { cpuMs: endless ? 300 : 30_000 });
  const after = await session.run('[kept, context, typeof llm_query, typeof print, await llm_query("q")]');
  expect(after).toMatchObject({
    ok: true,
    printed: expect.stringMatching(
      /^\[\s*\{ list: \[1, 2, 3\], name: "kept" \},\s*"some context",\s*"function",\s*"function",\s*"re: q"\s*\]\n$/,
    ),
  });
  return ran;
}

describe('whatever a cell does, its session goes on with the variables from before', { timeout: 120_000 }, () => {
  it.each(ATTACKS.filter(({ native }) => !native).map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const { ok, error, printed } = await attack(one);
    if (one.error === null) {
      expect(error).toBeNull();
    } else {
      expect(ok).toBe(false);
      expect(`${error?.name}: ${error?.message}`).toMatch(one.error);
    }
    if (one.printed) expect(printed).toMatch(one.printed);
    if (!one.endless) expect(printed.length).toBeLessThan(10_100_000);
  });
});
