import { parseArgs } from 'node:util';
import { UsageError } from './ask-arguments.ts';

/** The benchmarks, and the parts of those that have parts. */
export const BENCHES = {
  engine: ['overhead', 'fan-out', 'stream'],
  context: ['reading', 'memory', 'search', 'small', 'lazy', 'children', 'rebuild'],
  hostile: [],
  documents: ['pdf', 'text', 'zip', 'sheets', 'memory', 'viewer'],
} as const;
export type BenchName = keyof typeof BENCHES;
export type EnginePart = (typeof BENCHES)['engine'][number];
export type ContextPart = (typeof BENCHES)['context'][number];
export type DocumentsPart = (typeof BENCHES)['documents'][number];
type Part = EnginePart | ContextPart | DocumentsPart;

export const BENCH_USAGE =
  `Usage: npm run bench -- [${Object.keys(BENCHES).join(' | ')}] [--size 256m] [--only PART]\n` +
  '--size is the size of the generated file, in bytes or with k, m or g (powers of 1024).\n' +
  `--only is one part of engine: ${BENCHES.engine.join(', ')};\n` +
  `of context: ${BENCHES.context.join(', ')}; or of documents: ${BENCHES.documents.join(', ')}.\n`;

export interface BenchArguments {
  readonly names: readonly BenchName[];
  /** Bytes of the generated file of the benchmark `context`. */
  readonly size: number;
  /** A part of the one benchmark that is named. */
  readonly only: Part | null;
}

const DEFAULT_SIZE = '256m';
const MEBIBYTE = 1024 ** 2;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: MEBIBYTE, g: 1024 ** 3 };

/**
 * Reads the command line of `npm run bench`.
 * @throws UsageError
 */
export function readBenchArguments(args: readonly string[]): BenchArguments {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new UsageError('Name one benchmark, or none for all of them.');
  const [wanted] = positionals;
  const all = Object.keys(BENCHES).filter(isBench);
  if (wanted !== undefined && !isBench(wanted)) {
    throw new UsageError(`There is no benchmark ${wanted}. There are: ${all.join(', ')}.`);
  }
  const only = values.only ?? null;
  if (only !== null && (wanted === undefined || wanted === 'hostile')) {
    throw new UsageError('--only goes with the benchmark engine, context or documents.');
  }
  const part = only === null || wanted === undefined ? null : partOf(wanted, only);
  return { names: wanted === undefined ? all : [wanted], size: bytes(values.size ?? DEFAULT_SIZE), only: part };
}

const isBench = (name: string): name is BenchName => Object.hasOwn(BENCHES, name);

function partOf(bench: BenchName, name: string): Part {
  const found = BENCHES[bench].find((part: Part) => part === name);
  if (found === undefined) throw new UsageError(`${bench} has no part ${name}. It has: ${BENCHES[bench].join(', ')}.`);
  return found;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { size: { type: 'string' }, only: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

function bytes(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)b?$/i.exec(text.trim()) ?? [];
  const size = Math.round(Number(digits ?? NaN) * (UNITS[unit.toLowerCase()] ?? NaN));
  if (!(size >= MEBIBYTE)) throw new UsageError(`--size takes at least 1m, for example 256m or 4g, not ${text}.`);
  return size;
}
