import { expect, test } from 'vitest';
import { readBenchArguments } from './bench-arguments.ts';

test('no name is every benchmark, over a file of 256 MiB', () => {
  expect(readBenchArguments([])).toEqual({ names: ['engine', 'context', 'hostile', 'documents'], size: 268_435_456, only: null });
});

test('a name, a size and a part', () => {
  const args = ['context', '--size', '4g', '--only=memory'];
  expect(readBenchArguments(args)).toEqual({ names: ['context'], size: 4_294_967_296, only: 'memory' });
});

test.each([
  ['4194304', 4_194_304],
  ['2048k', 2_097_152],
  ['1.5M', 1_572_864],
  ['1gb', 1_073_741_824],
])('--size %s', (text, size) => {
  expect(readBenchArguments(['context', '--size', text]).size).toBe(size);
});

test.each([
  [['colour'], 'There is no benchmark colour. There are: engine, context, hostile, documents.'],
  [['toString'], 'There is no benchmark toString.'],
  [['context', 'engine'], 'Name one benchmark'],
  [['context', '--size', 'big'], '--size takes'],
  [['context', '--size', '-4m'], "'--size"],
  [['context', '--size', '10'], 'at least 1m'],
  [['context', '--only', 'reed'], 'context has no part reed. It has: reading, memory,'],
  [['documents', '--only', 'reading'], 'documents has no part reading. It has: pdf, text,'],
  [['engine', '--only', 'memory'], 'engine has no part memory. It has: overhead, fan-out, stream.'],
  [['hostile', '--only', 'memory'], '--only goes with the benchmark engine, context or documents.'],
  [['--only', 'memory'], '--only goes with the benchmark engine, context or documents.'],
  [['--colour'], '--colour'],
])('%j is refused', (args, message) => {
  expect(() => readBenchArguments(args)).toThrow(message);
});
