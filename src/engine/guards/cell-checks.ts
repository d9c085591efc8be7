import { sketchOf } from '../cell-record.ts';
import { marksOf } from './prompt-checks.ts';

/** What a cell came to, as the log tells it. */
export interface RunCell {
  readonly code: string;
  readonly ok: boolean;
  /** What the model is shown of it; the error last where it threw. */
  readonly observation: string;
  /** Sketches of the prompts that were answered. */
  readonly prompts: readonly string[];
}

/** Cells in a row with the same error, and cells with the same code or output, after which the model is told. */
const SAME = 3;
/** Shorter outputs are often the same by chance. */
const TELLING_OUTPUT = 20;

/** Sees a call go in circles. One call's cells, in order. */
export interface Circles {
  add(cell: RunCell): {
    /** How often in a row it has thrown the same error, where that is worth a word. */
    readonly sameError: number | null;
    /** What it has done before. */
    readonly again: 'code' | 'output' | 'prompts' | null;
  };
}

export function createCircles(): Circles {
  const codes = new Map<string, number>();
  const outputs = new Map<string, number>();
  const prompts = new Set<string>();
  let error: string | null = null;
  let errors = 0;

  const countOf = (counts: Map<string, number>, key: string): number => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };

  return {
    add(cell) {
      const key = cell.ok ? null : errorKey(cell);
      errors = key !== null && key === error ? errors + 1 : 1;
      error = key;
      const sameError = key !== null && errors % SAME === 0 ? errors : null;
      const asked = cell.prompts.some((sketch) => prompts.has(sketch));
      for (const sketch of cell.prompts) prompts.add(sketch);
      if (!cell.ok) return { sameError, again: null };
      const sameCode = countOf(codes, sketchOf(cell.code.trim()));
      const shown = cell.observation.trim();
      const sameOutput = shown.length < TELLING_OUTPUT ? 0 : countOf(outputs, sketchOf(shown));
      const isRound = (count: number) => count > 0 && count % SAME === 0;
      const again = isRound(sameCode) ? 'code' : isRound(sameOutput) ? 'output' : asked ? 'prompts' : null;
      return { sameError, again };
    },
  };
}

const LINE = / \(line (\d+) of your code\)$/;

/** Name and message of an error, and the text of the line that threw it, wherever that stands now. */
function errorKey({ code, observation }: RunCell): string {
  const last = observation.trimEnd().split('\n').at(-1) ?? '';
  const line = Number(LINE.exec(last)?.[1] ?? 0);
  return `${last.replace(LINE, '')}\n${code.split('\n')[line - 1]?.trim() ?? ''}`;
}

/** True where a line of output holds the error of a sub-call among other things, as in a table of results. */
export function printsErrorAsData(observation: string, failures: readonly string[]): boolean {
  if (observation.includes('[object Error]')) return true;
  const marks = marksOf(failures);
  if (!marks.some((mark) => observation.includes(mark))) return false;
  return observation.split('\n').some((line) => {
    if (LINE.test(line) || !marks.some((mark) => line.includes(mark))) return false;
    const data = [...failures, ...marks].reduce((rest, mark) => rest.replaceAll(mark, ''), line).replace(/\b(?:Error|failed)\b/gi, '');
    return /[\p{L}\p{N}]{2,}.*[|;,\t]|[|;,\t].*[\p{L}\p{N}]{2,}/u.test(data);
  });
}

/** The name that a cell gave to FINAL_VAR where there is no variable of that name; null where it did not. */
export function missingVariable({ ok, observation }: RunCell): string | null {
  if (ok) return null;
  const last = observation.trimEnd().split('\n').at(-1) ?? '';
  return /there is no variable "?([\w$]+)/i.exec(last)?.[1] ?? null;
}

/** True where what a model wrote after its block looks like an output of it, a final or another block. */
export function isInvented(after: string): boolean {
  return /^[ \t]*FINAL(?:_VAR)?[ \t]*\(|^[ \t]*(?:`{3,}|~{3,})[ \t]*\w|^[ \t*#>]{0,10}(?:(?:repl|code|cell)?[ \t]*(?:output|result|observation|stdout|response)s?(?:[ \t]+of[ \t][\w ]{1,40})?)\b[ \t*]*:/im.test(
    after,
  );
}
