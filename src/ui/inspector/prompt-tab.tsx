import { useMemo, useState } from 'react';
import { formatCount, formatShare, plural } from '../../base/format.ts';
import { siblings } from '../../trajectory/derive/cell-calls.ts';
import { messagesAt, returned } from '../../trajectory/derive/reading.ts';
import type { Message } from '../../trajectory/events.ts';
import type { CallState, RunState } from '../../trajectory/run-state.ts';
import { sharedFrom } from '../graph/call-name.ts';
import { Choice } from '../kit/choice.tsx';
import { LongText } from '../kit/long-text.tsx';
import { AskedBy } from './asked-by.tsx';
import { Fold } from './fold.tsx';
import styles from './inspector.module.css';
import { PromptAgainst } from './prompt-against.tsx';
import { diffPrompts } from './prompt-diff.ts';
import type { TabProps } from './tab-props.ts';

/** The messages the model saw: for a turn all up to it, for a plain call its prompt. */
export function PromptTab({ run, state, subject, empty }: TabProps) {
  const { call, turn } = subject;
  if (empty !== null) {
    return (
      <>
        <p className={styles['empty']}>{empty}</p>
        <AskedBy run={run} state={state} call={call} />
      </>
    );
  }
  return (
    <>
      {call.kind === 'llm' ? <PlainPrompt state={state} call={call} /> : <TurnPrompt call={call} turn={turn?.turn ?? 1} />}
      {call.kind === 'llm' ? <CameBack call={call} /> : null}
      <AskedBy run={run} state={state} call={call} />
    </>
  );
}

function TurnPrompt({ call, turn }: { readonly call: CallState; readonly turn: number }) {
  const all = useMemo(() => messagesAt(call, turn), [call, turn]);
  const known = useMemo(() => messagesAt(call, turn - 1).length, [call, turn]);
  const chars = all.reduce((sum, { content }) => sum + content.length, 0);
  const before = all.slice(0, known);
  return (
    <>
      <p className={styles['bar']}>
        <b>{plural(all.length, 'message')}</b>
        <span className={styles['small']}>{plural(chars, 'character')}</span>
      </p>
      {before.length > 0 ? (
        <Fold
          label={`${plural(before.length, 'message')} it had seen at turn ${turn - 1}`}
          note={plural(before.reduce((sum, { content }) => sum + content.length, 0), 'character')}
        >
          {() => before.map((message, index) => <MessageBlock key={index} message={message} first={1_200} />)}
        </Fold>
      ) : null}
      {all.slice(known).map((message, index) => (
        <MessageBlock key={index} message={message} first={message.role === 'system' ? 1_200 : 8_000} />
      ))}
    </>
  );
}

function MessageBlock({ message: { role, content }, first }: { readonly message: Message; readonly first: number }) {
  return (
    <div className={styles['message']} data-role={role}>
      <p className={styles['role']}>
        <b>{role}</b>
        <span className={styles['small']}>{formatCount(content.length)}</span>
      </p>
      <LongText text={content} first={first} />
    </div>
  );
}

/** Less than this in common, characters, and two prompts are not worth comparing. */
const WORTH_COMPARING = 80;

function PlainPrompt({ state, call }: { readonly state: RunState; readonly call: CallState }) {
  const [view, setView] = useState<'against' | 'whole' | null>(null);
  const other = useMemo(() => comparable(state, call), [state, call]);
  const diff = useMemo(() => (other ? diffPrompts(other.prompt, call.prompt) : null), [other, call.prompt]);
  const isAlike = diff !== null && diff.start.chars + diff.end.chars >= WORTH_COMPARING;
  const shown = view ?? (isAlike ? 'against' : 'whole');
  return (
    <>
      <div className={styles['bar']}>
        {other ? (
          <Choice
            label="How to show the prompt"
            options={[
              { id: 'against', label: `Against ${other.id}` },
              { id: 'whole', label: 'Whole prompt' },
            ]}
            value={shown}
            onChange={setView}
          />
        ) : (
          <b>Prompt</b>
        )}
        <span className={styles['small']}>
          {call.own && sharedFrom(call) === null ? plural(call.own.usage.input, 'token') : plural(call.prompt.length, 'character')}
          {diff && isAlike ? `, ${formatShare(Math.min(1, diff.added.chars / Math.max(1, call.prompt.length)))} its own` : ''}
        </span>
      </div>
      {shown === 'against' && other && diff ? (
        <PromptAgainst state={state} call={call} other={other} diff={diff} />
      ) : (
        <div className={styles['block']}>
          <LongText text={call.prompt} />
        </div>
      )}
    </>
  );
}

/** The call asked for just before this one by the same cell, else the one just after. */
function comparable(state: RunState, call: CallState): CallState | null {
  const ids = call.cell === null ? [] : siblings(state, call);
  const at = ids.indexOf(call.id);
  const id = at > 0 ? ids[at - 1] : ids[at + 1];
  return at < 0 || id === undefined ? null : (state.calls.get(id) ?? null);
}

function CameBack({ call }: { readonly call: CallState }) {
  const text = returned(call);
  if (text === null || text === '') return null;
  return (
    <section className={styles['section']}>
      <h3>
        Came back <span className={styles['small']}>{plural(text.trimEnd().split('\n').length, 'line')}</span>
      </h3>
      <LongText text={text} first={4_000} />
    </section>
  );
}
