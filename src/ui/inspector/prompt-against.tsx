import { useMemo } from 'react';
import { formatCount, plural } from '../../base/format.ts';
import { siblings } from '../../trajectory/derive/cell-calls.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { LongText } from '../kit/long-text.tsx';
import { Fold } from './fold.tsx';
import styles from './inspector.module.css';
import { differingPart, sharedLines, type PromptDiff, type Stretch } from './prompt-diff.ts';

interface AgainstProps {
  readonly state: RunState;
  readonly call: CallState;
  readonly other: CallState;
  readonly diff: PromptDiff;
}

/** Equal lines left beside what changed, so that one sees where it stands. */
const NEAR = 3;
const ADDED_LINES = 14;
const REMOVED_LINES = 1;

/** A prompt against that of a sibling: what is equal folded, what is its own shown. */
export function PromptAgainst({ state, call, other, diff }: AgainstProps) {
  const group = useMemo(() => siblings(state, call), [state, call]);
  const shared = useMemo(
    () => sharedLines(group.map((id) => state.calls.get(id)?.prompt ?? '')),
    // Prompts do not change once a call began: the list of calls is all that matters.
    // oxlint-disable-next-line react/exhaustive-deps
    [group.length, call.id],
  );
  const { start, removed, added, end } = diff;
  const isSame = removed.lines.length + added.lines.length === 0;
  const words = (lines: number) =>
    group.length > 2 && shared >= lines ? `the same in all ${formatCount(group.length)} calls` : `the same in ${other.id}`;
  const pair = pairOf(removed.lines[0], added.lines[0]);
  return (
    <div className={styles['diff']}>
      <Equal stretch={start} near="end" words={words(start.lines.length - NEAR)} />
      {isSame ? <p className={styles['empty']}>Word for word the prompt of {other.id}.</p> : null}
      {removed.lines.slice(0, REMOVED_LINES).map((line, index) => (
        <Line key={index} sign="−" line={line} />
      ))}
      {pair ? <Line sign="+" line={added.lines[0] ?? ''} part={pair} /> : null}
      {removed.lines.length > REMOVED_LINES ? (
        <Fold label={`${plural(removed.lines.length - REMOVED_LINES, 'line')} of ${other.id}, not here`}>
          {() => <Rest lines={removed.lines.slice(REMOVED_LINES)} />}
        </Fold>
      ) : null}
      {added.lines.slice(pair ? 1 : 0, ADDED_LINES).map((line, index) => (
        <Line key={index} sign="+" line={line} />
      ))}
      {added.lines.length > ADDED_LINES ? (
        <Fold label={`${plural(added.lines.length - ADDED_LINES, 'more line')}, all new here`} note={`+${formatCount(added.lines.length)}`}>
          {() => <Rest lines={added.lines.slice(ADDED_LINES)} isAdded />}
        </Fold>
      ) : null}
      <Equal stretch={end} near="start" words={words(Infinity)} />
    </div>
  );
}

/** What differs between a line and the one it stands for, where they are alike; else null. */
function pairOf(other: string | undefined, line: string | undefined): ReturnType<typeof differingPart> {
  if (other === undefined || line === undefined) return null;
  const part = differingPart(other, line);
  return part !== null && part.to - part.from <= line.length / 2 ? part : null;
}

/** Equal lines: folded, but for those next to what changed. */
function Equal({ stretch, near, words }: { readonly stretch: Stretch; readonly near: 'start' | 'end'; readonly words: string }) {
  const { lines } = stretch;
  const keep = lines.length <= NEAR + 1 ? lines.length : NEAR;
  const cut = near === 'end' ? lines.length - keep : keep;
  const [folded, kept] = near === 'end' ? [lines.slice(0, cut), lines.slice(cut)] : [lines.slice(cut), lines.slice(0, cut)];
  const chars = folded.reduce((sum, line) => sum + line.length + 1, 0);
  const fold =
    folded.length > 0 ? (
      <Fold label={`${plural(chars, 'character')} ${words}`} note={plural(folded.length, 'line')}>
        {() => <Rest lines={folded} />}
      </Fold>
    ) : null;
  return (
    <>
      {near === 'end' ? fold : null}
      {kept.map((line, index) => (
        <Line key={index} sign="" line={line} />
      ))}
      {near === 'start' ? fold : null}
    </>
  );
}

const LINE_CHARS = 2_000;

interface LineProps {
  readonly sign: '' | '+' | '−';
  readonly line: string;
  /** What differs from the line it stands for. */
  readonly part?: { readonly from: number; readonly to: number };
}

function Line({ sign, line, part }: LineProps) {
  const text = line.length > LINE_CHARS ? `${line.slice(0, LINE_CHARS)}… ${formatCount(line.length - LINE_CHARS)} more` : line;
  return (
    <p className={styles['diffLine']} data-sign={sign}>
      <i>{sign}</i>
      <span>
        {part ? (
          <>
            {text.slice(0, part.from)}
            <b>{text.slice(part.from, part.to)}</b>
            {text.slice(part.to)}
          </>
        ) : sign === '−' ? (
          // Struck through from its first word on, not through its indent.
          <>
            {text.slice(0, text.length - text.trimStart().length)}
            <del>{text.trimStart()}</del>
          </>
        ) : (
          text
        )}
      </span>
    </p>
  );
}

function Rest({ lines, isAdded = false }: { readonly lines: readonly string[]; readonly isAdded?: boolean }) {
  return (
    <div className={styles['rest']} data-added={isAdded}>
      <LongText text={lines.join('\n')} first={16_384} />
    </div>
  );
}
