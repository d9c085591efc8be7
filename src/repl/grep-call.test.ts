import { expect, it } from 'vitest';
import { testSession } from './testing/test-session.ts';

const CONTEXT = 'a river\n'.repeat(3000);

it('grep says once in a cell that it stopped at its own limit', async () => {
  const session = await testSession(CONTEXT);
  const { printed } = await session.run('print(grep("river").length, grep(/river/).length)');
  expect(printed).toBe('[grep stops at 100 matches; { limit: Infinity } finds all of them, { count: true } counts them]\n100 100\n');
});

it('grep says nothing where the limit was asked for, or nothing was left out', async () => {
  const session = await testSession(CONTEXT);
  const { printed } = await session.run(
    'print(grep("river", { limit: 100 }).length, grep("river", { limit: Infinity }).length, grep("lake").length)',
  );
  expect(printed).toBe('100 3000 0\n');
});

it('grep counts without building matches, over all documents or one', async () => {
  const session = await testSession([CONTEXT, 'one river']);
  const { printed } = await session.run(
    'print(grep("river", { count: true }), grep(/RIVER/i, { count: true, document: 1 }), grep("river", { count: true, limit: 7 }))',
  );
  expect(printed).toBe('3001 1 7\n');
});
