import { Check, Copy } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { VList } from 'virtua';
import { plural } from '../../base/format.ts';
import { Button } from '../kit/button.tsx';
import styles from './inspector.module.css';
import { eventsOfCall, rawLine } from './raw-events.ts';
import type { TabProps } from './tab-props.ts';

/** The events of this call as the log has them, one JSON object a line. */
export function RawTab({ run, state, subject: { call } }: TabProps) {
  const events = useMemo(
    () => eventsOfCall(run.getState().log, state.length, call.id),
    [run, state.length, call.id],
  );
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(`${events.map((event) => JSON.stringify(event)).join('\n')}\n`);
    setCopied(true);
  };
  return (
    <div className={styles['raw']}>
      <div className={styles['bar']}>
        <b>{plural(events.length, 'event')}</b>
        <Button icon={copied ? Check : Copy} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy as JSONL'}
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
