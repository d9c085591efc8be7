import { useId } from 'react';
import { Doll } from '../kit/doll.tsx';
import { describedBy, Field, FieldGroup } from '../kit/field.tsx';
import { NumberInput } from '../kit/inputs.tsx';
import { BOUNDS, depthInWords, type NumberField } from './settings-draft.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

const LIMITS: readonly { readonly field: NumberField; readonly label: string; readonly hint: string; readonly step?: number }[] = [
  { field: 'maxTurns', label: 'Max turns', hint: 'per call' },
  { field: 'maxDepth', label: 'Max depth', hint: '0 is the root' },
  { field: 'parallelSubCalls', label: 'Parallel sub-calls', hint: 'at once' },
  { field: 'maxSubCalls', label: 'Max sub-calls', hint: 'per run' },
  { field: 'budgetUsd', label: 'Budget (USD)', hint: 'per run', step: 0.25 },
];

/** What a run may use, and what the depth means, drawn and in words. */
export function LimitsSection({ draft, problems, change }: SectionProps) {
  const id = useId();
  return (
    <FieldGroup title="Limits">
      <div className={styles.limits}>
        {LIMITS.map(({ field, label, hint, step = 1 }) => (
          <Field key={field} id={id + field} label={label} stacked hint={hint} problem={problems[field]}>
            <NumberInput
              id={id + field}
              min={BOUNDS[field].min}
              max={BOUNDS[field].max}
              step={step}
              aria-invalid={problems[field] !== undefined}
              aria-describedby={describedBy(id + field)}
              value={draft[field]}
              onText={(text) => change({ [field]: text })}
            />
          </Field>
        ))}
      </div>
      <p className={styles.depth}>
        <DepthDolls depth={draft.maxDepth} />
        {depthInWords(draft.maxDepth)}
      </p>
    </FieldGroup>
  );
}

/** One doll for each level that is allowed, smaller and lighter as it goes down. */
function DepthDolls({ depth }: { readonly depth: string }) {
  const levels = Math.min(Math.max(Math.trunc(Number(depth)) || 0, 0), BOUNDS.maxDepth.max) + 1;
  return Array.from({ length: levels }, (_, level) => (
    <Doll key={level} depth={level} open={false} size={Math.max(10, 22 - level * 4)} />
  ));
}
