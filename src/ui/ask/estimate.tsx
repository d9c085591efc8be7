import { useEffect, useMemo, useState } from 'react';
import { formatCompact, formatMoneyShort, plural } from '../../base/format.ts';
import { readyDocuments } from '../../state/library-store.ts';
import type { RunEstimate } from '../../worker/protocol.ts';
import { useCommands, useLibrary, usePreferences } from '../app-context.tsx';
import styles from './estimate.module.css';

/** What the next question is likely to cost, before it is asked; nothing while there is nothing to read. */
export function Estimate() {
  const { estimate } = useCommands();
  const library = useLibrary((state) => state);
  const method = usePreferences((state) => state.method);
  const settings = usePreferences((state) => state.run);
  const documents = useMemo(() => readyDocuments(library).map(({ info }) => info), [library]);
  const [guess, setGuess] = useState<RunEstimate | null>(null);
  useEffect(() => {
    if (documents.length === 0) return undefined;
    let current = true;
    void estimate({ settings, method, documents }).then(
      (next) => current && setGuess(next),
      () => current && setGuess(null),
    );
    return () => void (current = false);
  }, [estimate, settings, method, documents]);
  // A free model spends nothing that would have to be weighed.
  if (guess === null || documents.length === 0 || guess.usd?.high === 0) return null;
  return (
    <p className={styles.estimate} title={`A guess, from an answer found at once to one that reads everything: ${work(guess)}`}>
      {words(guess)}
      <span className="visually-hidden">, {work(guess)}</span>
    </p>
  );
}

const work = ({ tokens, calls }: RunEstimate): string =>
  `up to ${formatCompact(tokens.high)} tokens in ${plural(calls.high, 'call')}`;

function words({ usd }: RunEstimate): string {
  if (usd === null) return 'Cost unknown';
  const low = formatMoneyShort(usd.low);
  const high = formatMoneyShort(usd.high);
  return low === high ? `About ${high}` : `About ${low} to ${high}`;
}
