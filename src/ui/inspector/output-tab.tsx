import { useState } from 'react';
import { formatCount, plural } from '../../base/format.ts';
import { Choice } from '../kit/choice.tsx';
import { LongText } from '../kit/long-text.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import styles from './inspector.module.css';
import type { TabProps } from './tab-props.ts';

/** Above this, characters, head and tail are shown with the middle folded: laying out more blocks the page. */
const WHOLE = 50_000;
const HEAD = 32_768;
const TAIL = 8_192;

/** What a cell printed, and what of it the model was shown. */
export function OutputTab({ subject: { call, cell }, empty }: TabProps) {
  const [seen, setSeen] = useState<'all' | 'model'>('all');
  const printed = cell?.printed ?? '';
  const observation = cell?.observation ?? null;
  const isCut = observation !== null && printed.length > observation.length;
  const shown = isCut && seen === 'model' ? observation : printed;
  const isLong = shown.length > WHOLE;
  return (
    <>
      {isCut ? (
        <div className={styles['bar']}>
          <Choice
            label="How much of the output"
            options={[
              { id: 'all', label: 'All of it' },
              { id: 'model', label: 'What the model was shown' },
            ]}
            value={seen}
            onChange={setSeen}
          />
          <span className={styles['small']}>
            {formatCount(observation.length)} of {formatCount(printed.length)}
          </span>
        </div>
      ) : null}
      {empty === null ? null : <p className={styles['empty']}>{empty}</p>}
      {shown === '' ? null : (
        <div className={styles['block']}>
          <LongText key={seen} text={shown} first={isLong ? HEAD : WHOLE} tail={TAIL} />
        </div>
      )}
      {cell?.error && (!isCut || seen === 'all') ? (
        <div className={styles['failure']}>
          <StateMark state="failed" depth={call.depth} size={11} />
          <div>
            <b>
              {cell.error.name}
              {cell.error.line === undefined ? '' : `, line ${cell.error.line}`}.
            </b>{' '}
            <LongText text={cell.error.message} first={4_000} />
          </div>
        </div>
      ) : null}
      {printed === '' ? null : (
        <p className={styles['foot']}>
          {plural(printed.length, 'character')}
          {observation === null ? ' so far' : isCut ? ', the model was shown head and tail' : ', all of it shown to the model'}
        </p>
      )}
    </>
  );
}
