import { expect, it } from 'vitest';
import { throttleProgress } from './progress-notices.ts';

it('tells progress at most 20 times a second, and its end', () => {
  const told: number[] = [];
  let time = 0;
  const progress = throttleProgress((done) => told.push(done), () => time);
  for (let done = 1; done <= 1000; done++) {
    time = done;
    progress(done, 1000, 'bytes');
  }
  expect(told).toEqual([...Array.from({ length: 20 }, (_, index) => 1 + index * 50), 1000]);
});
