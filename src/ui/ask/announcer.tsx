import { useEffect, useState } from 'react';
import { useApp, useSelectedRun } from '../app-context.tsx';
import { milestone } from './milestones.ts';

/** Speaks what happened: turns, fan-outs, the end, documents read. Never a number that only grew. */
export function Announcer() {
  const { library } = useApp();
  const run = useSelectedRun();
  const [words, setWords] = useState('');

  useEffect(
    () =>
      run?.subscribe((now, before) => {
        const said = milestone(before.live, now.live);
        if (said) setWords(said);
      }),
    [run],
  );
  useEffect(
    () =>
      library.subscribe((now, before) => {
        const reading = new Set(before.items.flatMap(({ id, status }) => (status === 'reading' ? [id] : [])));
        const ready = now.items.find(({ id, status }) => status === 'ready' && reading.has(id));
        if (ready) setWords(`${ready.name} is read`);
      }),
    [library],
  );

  return (
    <div className="visually-hidden" aria-live="polite" aria-atomic="true">
      {words}
    </div>
  );
}
