import { Doll } from '../kit/doll.tsx';
import { FieldGroup } from '../kit/field.tsx';
import { depthInWords } from './depth-in-words.ts';
import { BOUNDS } from './draft-numbers.ts';
import { NumberFields, type NumberFieldInfo } from './number-fields.tsx';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

const LIMITS: readonly NumberFieldInfo[] = [
  { field: 'maxTurns', label: 'Max turns', hint: 'per call' },
  { field: 'maxDepth', label: 'Max depth', hint: '0 is the root' },
  { field: 'parallelSubCalls', label: 'Parallel sub-calls', hint: 'at once' },
  { field: 'maxSubCalls', label: 'Max sub-calls', hint: 'per run' },
  { field: 'budgetUsd', label: 'Budget (USD)', hint: 'per run', step: 0.25 },
];

/** What a run may use, and what the depth means, drawn and in words. */
export function LimitsSection(section: SectionProps) {
  const { maxDepth } = section.draft;
  return (
    <FieldGroup title="Limits">
      <NumberFields {...section} fields={LIMITS} className={styles.limits} />
      <p className={styles.depth}>
        <DepthDolls depth={maxDepth} />
        {depthInWords(maxDepth)}
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
