import { useId } from 'react';
import { describedBy, Field } from '../kit/field.tsx';
import { NumberInput } from '../kit/inputs.tsx';
import { BOUNDS, type NumberField } from './draft-numbers.ts';
import type { SectionProps } from './settings-dialog.tsx';

export interface NumberFieldInfo {
  readonly field: NumberField;
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly step?: number;
}

interface NumberFieldsProps extends SectionProps {
  readonly fields: readonly NumberFieldInfo[];
  readonly className: string | undefined;
}

/** Numbers side by side, each with its bounds and its own sentence. */
export function NumberFields({ draft, problems, change, fields, className }: NumberFieldsProps) {
  const id = useId();
  return (
    <div className={className}>
      {fields.map(({ field, label, hint, placeholder = '', step = 1 }) => (
        <Field key={field} id={id + field} label={label} stacked hint={hint} problem={problems[field]}>
          <NumberInput
            id={id + field}
            // Steps are counted from the least.
            min={Math.floor(BOUNDS[field].min)}
            max={BOUNDS[field].max}
            step={step}
            placeholder={placeholder}
            aria-invalid={problems[field] !== undefined}
            aria-describedby={describedBy(id + field)}
            value={draft[field]}
            onText={(text) => change({ [field]: text })}
          />
        </Field>
      ))}
    </div>
  );
}
