import { useId } from 'react';
import { METHODS } from '../../trajectory/methods.ts';
import { describedBy, Field, FieldGroup } from '../kit/field.tsx';
import { Select } from '../kit/inputs.tsx';
import { chosen } from './chosen.ts';
import { PromptField, type PromptFieldProps } from './prompt-field.tsx';
import type { Overflow } from './settings-draft.ts';
import styles from './settings-dialog.module.css';

const OPTIONS = METHODS.map(({ id, label }) => ({ value: id, label }));

/** Methods that put the context itself into a message, which may be larger than the window. */
const IN_THE_PROMPT: readonly string[] = ['base', 'codeact', 'codeact-subcalls'];

const OVERFLOWS: readonly { readonly value: Overflow; readonly label: string; readonly hint: string }[] = [
  { value: 'refuse', label: 'Refuse', hint: 'A context larger than the model’s window is not sent: the run ends and says so.' },
  { value: 'truncate', label: 'Truncate', hint: 'What does not fit into the model’s window is left out, and the log says so.' },
];

/** How the question is answered, and what the model is told first. */
export function MethodSection(props: PromptFieldProps) {
  const { draft, change } = props;
  const id = useId();
  return (
    <FieldGroup title="Method">
      <Field id={`${id}method`} label="Method" hint={METHODS.find((method) => method.id === draft.method)?.hint}>
        <Select
          id={`${id}method`}
          className={styles.medium}
          options={OPTIONS}
          aria-describedby={describedBy(`${id}method`)}
          value={draft.method}
          onChange={(event) => change({ method: event.target.value })}
        />
      </Field>
      {IN_THE_PROMPT.includes(draft.method) && (
        <Field
          id={`${id}overflow`}
          label="Past the window"
          hint={OVERFLOWS.find(({ value }) => value === draft.overflow)?.hint}
        >
          <Select
            id={`${id}overflow`}
            className={styles.medium}
            options={OVERFLOWS}
            aria-describedby={describedBy(`${id}overflow`)}
            value={draft.overflow}
            onChange={(event) => change({ overflow: chosen(OVERFLOWS, event.target.value, draft.overflow) })}
          />
        </Field>
      )}
      <PromptField {...props} />
    </FieldGroup>
  );
}
