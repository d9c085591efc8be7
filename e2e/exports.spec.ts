import { file, haystack } from './texts.ts';
import { expect, test } from './test.ts';

test('every export parses and tells of the run', async ({ app }) => {
  await app.chooseFiles(file('harbour.txt', haystack(50_000, ['The access code of the harbour office is 7413-QX.'])));
  expect(await app.askAndFinish('What is the access code of the harbour office?')).toMatch(/^Answered/);

  const trajectory = await app.export('Trajectory (JSONL)');
  expect(trajectory.name).toMatch(/\.jsonl$/);
  const events = trajectory.text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events[0]).toMatchObject({ format: 'matryoshka/trajectory', version: 1 });
  expect(events.slice(1).map((event) => event['seq'])).toEqual(events.slice(1).map((_, n) => n));
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', outcome: 'answered' });

  const official = await app.export('Official rlm log (JSONL)');
  const lines = official.text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines[0]).toMatchObject({ type: 'metadata', root_model: 'offline-demo' });
  expect(lines.slice(1).every((line) => line['type'] === 'iteration')).toBe(true);
  expect(String(lines.at(-1)?.['final_answer'])).toContain('7413-QX');
});
