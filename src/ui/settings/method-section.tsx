import { useId } from 'react';
import type { Theme } from '../../state/settings-store.ts';
import { describedBy, Field, FieldGroup } from '../kit/field.tsx';
import { Select } from '../kit/inputs.tsx';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

const METHODS = [
  {
    value: 'rlm',
    label: 'RLM: code, sub-calls, recursion',
    hint: 'The root writes code over the documents, calls models and may call itself.',
  },
];

const THEMES: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** How the question is answered, and how the page looks meanwhile. */
export function MethodSection({ draft, change }: SectionProps) {
  const id = useId();
  return (
    <FieldGroup title="Method">
      <Field
        id={`${id}method`}
        label="Method"
        hint={METHODS.find(({ value }) => value === draft.method)?.hint}
      >
        <Select
          id={`${id}method`}
          className={styles.medium}
          options={METHODS}
          aria-describedby={describedBy(`${id}method`)}
          value={draft.method}
          onChange={(event) => change({ method: event.target.value })}
        />
      </Field>
      <Field id={`${id}theme`} label="Colours">
        <Select
          id={`${id}theme`}
          className={styles.model}
          options={THEMES}
          value={draft.theme}
          onChange={(event) => {
            const theme = THEMES.find(({ value }) => value === event.target.value);
            if (theme) change({ theme: theme.value });
          }}
        />
      </Field>
    </FieldGroup>
  );
}
