import { RotateCcw } from 'lucide-react';
import { formatBytes, plural } from '../../base/format.ts';
import type { Offer } from '../../state/kept-store.ts';
import type { RunSummary } from '../../trajectory/derive/run-summary.ts';
import { useCommands, useKept } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { runCost } from '../runs/run-words.ts';
import styles from './unfinished-run.module.css';

/** The newest run that was broken off, and the offer to go on with it from there. */
export function UnfinishedRun() {
  const offer = useKept((kept) => kept.offers[0]);
  return offer ? <OfferBanner offer={offer} /> : null;
}

function OfferBanner({ offer }: { readonly offer: Offer }) {
  const commands = useCommands();
  const { run, phase, missing } = offer;
  const { summary } = run;
  const busy = phase === 'resuming';
  return (
    <section className={styles.banner} aria-label="Unfinished run">
      <div className={styles.words}>
        <p className={styles.facts}>
          <StateMark state="cut" depth={0} size={11} />
          <span>
            <strong>Broken off</strong> {howFar(summary)}
          </span>
        </p>
        <p className={styles.question} dir="auto" title={summary.question}>
          {summary.question}
        </p>
        {missing.length > 0 && <Missing missing={missing} />}
      </div>
      <div className={styles.actions}>
        <Button
          kind={phase === 'missing' ? 'plain' : 'lacquer'}
          size="form"
          icon={RotateCcw}
          disabled={busy}
          onClick={() => void commands.resumeRun(run.id)}
        >
          Resume
        </Button>
        <Button size="form" disabled={busy} onClick={() => void commands.forgetRun(run.id)}>
          Forget
        </Button>
      </div>
    </section>
  );
}

/** E.g. «in turn 3, after 9 calls, $0.02». */
function howFar(summary: RunSummary): string {
  const cost = runCost(summary);
  const spent = cost === 'unknown' ? 'cost unknown' : cost;
  const where = summary.turns > 0 ? `in turn ${summary.turns}` : 'before its first turn';
  return `${where}, after ${plural(summary.calls, 'call')}, ${spent}`;
}

/** Files listed by name; the others are counted. */
const LISTED = 4;

function Missing({ missing }: Pick<Offer, 'missing'>) {
  const more = missing.length - LISTED;
  return (
    <div className={styles.missing} role="status" aria-label="Missing files">
      <p>{missing.length === 1 ? 'This file is not kept here.' : 'These files are not kept here.'} Add {missing.length === 1 ? 'it' : 'them'} again, and the run goes on:</p>
      <ul>
        {missing.slice(0, LISTED).map(({ id, name, bytes }) => (
          <li key={id}>
            <bdi>{name}</bdi> <span className={styles.size}>{formatBytes(bytes)}</span>
          </li>
        ))}
        {more > 0 && <li>and {plural(more, 'more', 'more')}</li>}
      </ul>
    </div>
  );
}
