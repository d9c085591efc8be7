import { Disclosure } from '../kit/disclosure.tsx';
import type { NumberField } from './draft-numbers.ts';
import { NumberFields, type NumberFieldInfo } from './number-fields.tsx';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

const PRICES: readonly NumberFieldInfo[] = [
  { field: 'rootInput', label: 'Root input', step: 0.05 },
  { field: 'rootCached', label: 'Root cached input', step: 0.05 },
  { field: 'rootOutput', label: 'Root output', step: 0.05 },
  { field: 'subInput', label: 'Sub-call input', step: 0.05 },
  { field: 'subCached', label: 'Sub-call cached input', step: 0.05 },
  { field: 'subOutput', label: 'Sub-call output', step: 0.05 },
];

export const PRICE_FIELDS: readonly NumberField[] = PRICES.map(({ field }) => field);

interface OwnPricesProps extends SectionProps {
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** Prices that no list has, as the person says them. */
export function OwnPrices({ open, onToggle, ...section }: OwnPricesProps) {
  return (
    <Disclosure summary="Say the price" className={styles.prices} open={open} onToggle={onToggle}>
      <p className={styles.explained}>
        USD for a million tokens. Without a price the cost stays unknown, and the budget cannot end the run. Cached input
        that is left empty costs as input.
      </p>
      <NumberFields {...section} fields={PRICES} className={styles.three} />
    </Disclosure>
  );
}
