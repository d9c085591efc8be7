import { useMemo, useState } from 'react';
import { formatBytes, formatCompact, formatCount, plural } from '../../base/format.ts';
import type { Survey } from '../../state/survey-store.ts';
import { useCommands, useSurvey } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import styles from './survey-dialog.module.css';
import { SurveyGroupRows } from './survey-group-rows.tsx';
import { groupSurvey, sumOf, ticked } from './survey-groups.ts';

/** Asks what of a folder, or of a large archive, is read; nothing of it is read before. */
export function SurveyDialog() {
  const survey = useSurvey((state) => state.survey);
  // Another survey begins with its own ticks.
  return survey && <Open key={`${survey.title} ${survey.phase}`} survey={survey} />;
}

function Open({ survey }: { readonly survey: Survey }) {
  const commands = useCommands();
  const { title, of, phase, entries, pruned } = survey;
  const [chosen, setChosen] = useState(() => ticked(entries));
  const { read, skipped } = useMemo(() => groupSurvey(entries), [entries]);
  const { bytes, chars } = useMemo(() => sumOf(entries, chosen), [entries, chosen]);
  const cancel = () => commands.answerSurvey(null);
  const tick = (some: readonly number[], on: boolean) => {
    const now = new Set(chosen);
    for (const index of some) {
      if (on && entries[index]?.readable === true) now.add(index);
      else now.delete(index);
    }
    setChosen(now);
  };
  const left = entries.length - chosen.size;
  const rows = { entries, chosen, onTick: tick };

  return (
    <Dialog
      title="What to read"
      onClose={cancel}
      width={640}
      sheet
      footer={
        <>
          <p className={styles.total} aria-live="polite">
            {chosen.size === 0 ? (
              'Nothing is ticked.'
            ) : (
              <>
                <b>about {formatCompact(chars)} characters</b>, {formatCompact(chars / 4)} tokens, from {formatBytes(bytes)}
              </>
            )}
          </p>
          <div className={styles.actions}>
            <Button size="form" onClick={cancel}>
              Cancel
            </Button>
            <Button
              kind="lacquer"
              size="form"
              disabled={phase === 'looking' || chosen.size === 0}
              onClick={() => commands.answerSurvey([...chosen].sort((a, b) => a - b))}
            >
              Read {plural(chosen.size, 'file')}
            </Button>
          </div>
        </>
      }
    >
      <p className={styles.lede}>
        <bdi className={styles.name}>{title}</bdi>{' '}
        {phase === 'looking' ? (
          <>is being looked at.</>
        ) : (
          <>
            {of === 'folder' ? 'holds' : 'is an archive of'} {plural(entries.length, 'file')}
            {entries.length > 0 && `, ${formatBytes(sumOf(entries, entries.keys()).bytes)}`}. Nothing is read before you
            say so.
          </>
        )}
      </p>
      {read.length > 0 && (
        <section aria-label="To be read" className={styles.part}>
          <h3 className={styles.title}>By kind</h3>
          {read.map((group) => (
            <SurveyGroupRows key={group.id} group={group} {...rows} />
          ))}
        </section>
      )}
      {skipped.length + pruned.length > 0 && (
        <section aria-label="Left out" className={styles.part}>
          <h3 className={styles.title}>
            Left out <span className={styles.count}>{left > 0 && formatCount(left)}</span>
          </h3>
          {skipped.map((group) => (
            <SurveyGroupRows key={group.id} group={group} {...rows} />
          ))}
          {pruned.length > 0 && (
            <ul className={styles.pruned} aria-label="Folders that were not gone into">
              {pruned.slice(0, MOST_PRUNED).map(({ path, why }) => (
                <li key={path}>
                  <bdi>{path}</bdi> <span className={styles.why}>{why}, not gone into</span>
                </li>
              ))}
              {pruned.length > MOST_PRUNED && <li>and {plural(pruned.length - MOST_PRUNED, 'folder')} more</li>}
            </ul>
          )}
        </section>
      )}
    </Dialog>
  );
}

const MOST_PRUNED = 50;
