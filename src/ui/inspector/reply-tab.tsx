import { ChevronRight } from 'lucide-react';
import { formatCount, formatDuration } from '../../base/format.ts';
import { replyParts, type ReplyParts } from '../../trajectory/derive/reply-parts.ts';
import type { Usage } from '../../trajectory/events.ts';
import { PERSON_MODEL } from '../../trajectory/person.ts';
import type { CallState } from '../../trajectory/run-state.ts';
import { sharedFrom } from '../graph/call-name.ts';
import { Code } from '../kit/code.tsx';
import { LongText } from '../kit/long-text.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './inspector.module.css';
import type { Subject } from './subject.ts';
import type { TabProps } from './tab-props.ts';

/** What the model wrote: its reasoning, its words, the block that ran, and what was left out. */
export function ReplyTab({ subject, empty }: TabProps) {
  const { call, turn, cell } = subject;
  const text = call.kind === 'llm' ? call.text : (turn?.text ?? '');
  const reasoning = call.kind === 'llm' ? call.reasoning : (turn?.reasoning ?? '');
  const parts = cell ? replyParts(text, cell.code) : null;
  const isWriting = call.endedAt === null && (call.kind === 'llm' ? call.status === 'running' : turn?.repliedAt === null);
  return (
    <>
      <Retries call={call} />
      {call.failure !== null ? (
        <p className={styles['failure']}>
          <StateMark state="failed" depth={call.depth} size={11} />
          <span>
            <b>Failed.</b> {call.failure}
          </span>
        </p>
      ) : null}
      {empty === null ? null : <p className={styles['empty']}>{empty}</p>}
      {reasoning === '' ? null : (
        <details className={styles['details']}>
          <summary>
            <ChevronRight size={14} strokeWidth={1.6} aria-hidden="true" />
            Reasoning <span>{formatCount(reasoning.length)} characters</span>
          </summary>
          <LongText className={styles['quiet']} text={reasoning} />
        </details>
      )}
      {text === '' ? null : (
        <div className={styles['block']}>
          {parts ? <Block parts={parts} /> : <LongText text={text} tail={isWriting ? 2_000 : 0} />}
          {isWriting ? <span className={styles['caret']} /> : null}
        </div>
      )}
      {cell?.edited === true ? (
        <div className={styles['leftOut']}>
          <p className={styles['label']}>Ran in its place, and shown to the model as its own: the cell as you changed it</p>
          <LongText text={cell.code} first={4_000} />
        </div>
      ) : null}
      {parts && parts.after.trim() !== '' ? (
        <div className={styles['leftOut']}>
          <p className={styles['label']}>Written after the block: not run, left out of the history</p>
          <LongText className={styles['quiet']} text={parts.after.replace(/^\s*\n/u, '')} first={4_000} />
        </div>
      ) : null}
      <Ending subject={subject} isWriting={isWriting} length={text.length} />
    </>
  );
}

/** Longer code than this, characters, is not coloured here: the Code tab shows it by lines. */
const COLOURED = 16_384;

/** The words before the block, the block in colours, and its end. */
function Block({ parts: { before, code, close } }: { readonly parts: ReplyParts }) {
  if (code.length > COLOURED) return <LongText text={`${before}${code}\n${close}`} />;
  return (
    <>
      <LongText text={before.trimEnd()} />
      <pre className={styles['code']}>
        <Code code={code} />
      </pre>
      <LongText text={close} />
    </>
  );
}

function Retries({ call }: { readonly call: CallState }) {
  if (call.retries.length === 0) return null;
  return (
    <ul className={styles['retries']}>
      {call.retries.map(({ at, attempt, waitMs, reason }) => (
        <li key={at}>
          <StateMark state="retrying" depth={call.depth} size={12} />
          <span>
            <b>Attempt {attempt}</b> {reason} <span className={styles['small']}>asked again after {formatDuration(waitMs)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A reply that it did not ask for: nothing was sent. */
const sharedWords = (from: string): string => `Nothing was sent: the same was asked in call ${from}, and this is its reply.`;

const FINISH_WORDS: Readonly<Record<string, string>> = {
  stop: 'The model ended its reply itself.',
  length: 'Cut off at the length limit of the model.',
  content_filter: 'Ended by the content filter of the provider.',
};

function Ending({ subject: { call, turn }, isWriting, length }: { readonly subject: Subject; readonly isWriting: boolean; readonly length: number }) {
  if (isWriting) return <p className={styles['foot']}>writing, {formatCount(length)} characters so far</p>;
  const reason = call.kind === 'llm' ? call.finishReason : (turn?.finishReason ?? null);
  if (call.status === 'failed' && length > 0) return <p className={styles['foot']}>What had come before it failed.</p>;
  const from = sharedFrom(call);
  if (from !== null && call.status === 'finished') return <p className={styles['foot']}>{sharedWords(from)}</p>;
  if (call.model === PERSON_MODEL && reason !== null) return <p className={styles['foot']}>You wrote this reply.</p>;
  if (reason === null) return call.status === 'cut' ? <p className={styles['foot']}>Cut off: the run ended first.</p> : null;
  return (
    <div className={styles['foot']}>
      <p>
        {FINISH_WORDS[reason] ?? 'The provider ended it.'} <span className={styles['small']}>finish reason: {reason}</span>
      </p>
      {call.kind === 'llm' && call.own ? <p>{tokenWords(call.own.usage)}</p> : null}
    </div>
  );
}

function tokenWords({ input, cachedInput, output, reasoning, estimated }: Usage): string {
  const sent = `${formatCount(input)} tokens sent${cachedInput > 0 ? `, ${formatCount(cachedInput)} of them cached` : ''}`;
  const back = `${formatCount(output)} came back${reasoning > 0 ? `, ${formatCount(reasoning)} of them reasoning` : ''}`;
  return `${sent}; ${back}${estimated === true ? ' (characters / 4)' : ''}`;
}
