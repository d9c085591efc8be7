import { ChevronRight } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { formatBytes, formatCompact, formatCount, plural } from '../../base/format.ts';
import type { Survey } from '../../state/survey-store.ts';
import { Icon } from '../kit/icon.tsx';
import { Checkbox } from '../kit/inputs.tsx';
import { useGradually } from '../kit/use-gradually.ts';
import styles from './survey-dialog.module.css';
import type { SurveyGroup } from './survey-groups.ts';

interface SurveyGroupRowsProps {
  readonly group: SurveyGroup;
  readonly entries: Survey['entries'];
  readonly chosen: ReadonlySet<number>;
  readonly onTick: (some: readonly number[], on: boolean) => void;
}

/** Files shown of an unfolded group: more than anybody ticks one by one. */
const MOST_SHOWN = 2000;

/** A kind or a reason with its tick box, that unfolds to its files. */
export function SurveyGroupRows({ group, entries, chosen, onTick }: SurveyGroupRowsProps) {
  const [open, setOpen] = useState(false);
  const list = useId();
  const box = useRef<HTMLInputElement>(null);
  const on = group.entries.reduce((count, index) => count + (chosen.has(index) ? 1 : 0), 0);
  useEffect(() => {
    if (box.current) box.current.indeterminate = on > 0 && on < group.entries.length;
  }, [on, group]);
  return (
    <div className={styles.group}>
      <div className={styles.head}>
        <label className={styles.tick}>
          <input
            ref={box}
            type="checkbox"
            checked={on > 0}
            disabled={!group.readable}
            onChange={(event) => onTick(group.entries, event.target.checked)}
          />
          <span className={styles.label}>{group.label}</span>
        </label>
        <span className={styles.facts}>
          {on > 0 && on < group.entries.length ? `${formatCount(on)} of ` : ''}
          {plural(group.entries.length, 'file')}
        </span>
        <span className={styles.size}>{formatBytes(group.bytes)}</span>
        <button
          type="button"
          className={styles.unfold}
          aria-expanded={open}
          aria-controls={list}
          aria-label={`Files: ${group.label}`}
          onClick={() => setOpen(!open)}
        >
          <Icon of={ChevronRight} size={14} />
        </button>
      </div>
      {open && <Files id={list} group={group} entries={entries} chosen={chosen} onTick={onTick} />}
    </div>
  );
}

function Files({ id, group, entries, chosen, onTick }: SurveyGroupRowsProps & { readonly id: string }) {
  const shown = useGradually(Math.min(group.entries.length, MOST_SHOWN));
  return (
    <ul id={id} className={styles.files}>
      {group.entries.slice(0, shown).map((index) => {
        const entry = entries[index];
        if (!entry) return null;
        return (
          <li key={index} className={styles.file}>
            <Checkbox
              label={entry.path}
              checked={chosen.has(index)}
              disabled={!entry.readable}
              onChange={(event) => onTick([index], event.target.checked)}
            />
            <span className={styles.size}>
              {formatBytes(entry.bytes)}
              {entry.chars > 0 && ` · ${formatCompact(entry.chars / 4)} tokens`}
            </span>
          </li>
        );
      })}
      {group.entries.length > MOST_SHOWN && (
        <li className={styles.file}>and {plural(group.entries.length - MOST_SHOWN, 'file')} more</li>
      )}
    </ul>
  );
}
