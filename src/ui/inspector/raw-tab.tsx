import { Check, Copy } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { VList } from 'virtua';
import { plural } from '../../base/format.ts';
import { Button } from '../kit/button.tsx';
import styles from './inspector.module.css';
import { eventsOfCall, rawLine } from './raw-events.ts';
import type { TabProps } from './tab-props.ts';

const COPY_WORDS = { no: 'Copy as JSONL', yes: 'Copied', refused: 'The browser refused' } as const;

/** The events of this call as the log has them, one JSON object a line. */
export function RawTab({ run, state, subject: { call } }: TabProps) {
  const events = useMemo(
    () => eventsOfCall(run.getState().log, state.length, call.id),
    [run, state.length, call.id],
  );
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  useEffect(() => {
    if (copied === 'no') return;
    const timer = setTimeout(() => setCopied('no'), 2500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    const text = `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
    void navigator.clipboard.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('refused'),
    );
  };
  return (
    <div className={styles['raw']}>
      <div className={styles['bar']}>
        <b>{plural(events.length, 'event')}</b>
        <Button icon={copied === 'yes' ? Check : Copy} onClick={copy}>
          {COPY_WORDS[copied]}
        </Button>
      </div>
      <VList className={styles['rawList']} data={events} itemSize={60} tabIndex={0} aria-label="Events" role="group">
        {(event) => (
          <pre key={event.seq} className={styles['rawLine']}>
            {rawLine(event)}
          </pre>
        )}
      </VList>
    </div>
  );
}
