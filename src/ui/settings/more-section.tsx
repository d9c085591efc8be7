import { useId } from 'react';
import type { Theme } from '../../state/settings-store.ts';
import { formatCount } from '../../base/format.ts';
import { Disclosure } from '../kit/disclosure.tsx';
import { describedBy, Field } from '../kit/field.tsx';
import { Select, TextArea } from '../kit/inputs.tsx';
import { checkSchema } from './answer-schema.ts';
import { chosen } from './chosen.ts';
import type { NumberField } from './draft-numbers.ts';
import { NumberFields, type NumberFieldInfo } from './number-fields.tsx';
import type { Reuse, RootBy, SettingsDraft } from './settings-draft.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

/** Options of a choice, each with its sentence. */
type Options<T extends string> = readonly { readonly value: T; readonly label: string; readonly hint?: string }[];

const ROOT_BY: Options<RootBy> = [
  { value: 'model', label: 'The model' },
  { value: 'person', label: 'Me', hint: 'You type the root’s replies while it runs. Sub-calls still go to the model.' },
];

const REUSE: Options<Reuse> = [
  { value: 'never', label: 'Never share a reply' },
  { value: 'in-flight', label: 'Share while in flight', hint: 'Calls that ask the same at the same time get one reply.' },
  { value: 'run', label: 'Share within the run', hint: 'What was asked before in the run is not asked again.' },
];

const THEMES: Options<Theme> = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export const MORE_FIELDS: readonly (NumberField | 'answerSchema')[] = [
  'askAbove',
  'maxMinutes',
  'windowTokens',
  'cellCpuSeconds',
  'replMemoryMb',
  'answerSchema',
];

const numbers = (windowTokens: number | null): readonly NumberFieldInfo[] => [
  { field: 'askAbove', label: 'Ask before more than', hint: 'short sub-calls in a cell; 0 never asks', step: 100 },
  { field: 'maxMinutes', label: 'Time limit', hint: 'minutes per run' },
  {
    field: 'windowTokens',
    label: 'Window of the root model',
    hint: 'tokens; empty: as listed',
    placeholder: windowTokens === null ? 'unknown' : formatCount(windowTokens),
    step: 1000,
  },
  { field: 'cellCpuSeconds', label: 'CPU per cell', hint: 'seconds, waiting not counted' },
  { field: 'replMemoryMb', label: 'REPL memory', hint: 'MiB', step: 64 },
];

interface MoreSectionProps extends SectionProps {
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** What is known of the root model's window. */
  readonly windowTokens: number | null;
}

/** What most runs need not say. */
export function MoreSection({ open, onToggle, windowTokens, ...section }: MoreSectionProps) {
  const { draft, problems, change } = section;
  const id = useId();
  const schema = checkSchema(draft.answerSchema);
  const pick = { draft, change };
  return (
    <Disclosure summary="More" className={styles.more} open={open} onToggle={onToggle}>
      <div className={styles.moreFields}>
        <PickField {...pick} label="Root replies by" field="rootBy" options={ROOT_BY} />
        <PickField {...pick} label="Identical sub-calls" field="reuse" options={REUSE} />
        <NumberFields {...section} fields={numbers(windowTokens)} className={styles.three} />
        <Field
          id={`${id}schema`}
          label="Answer schema (JSON Schema)"
          stacked
          hint={schema.problem ?? schema.summary ?? 'Empty for an answer of any shape.'}
          problem={problems.answerSchema}
        >
          <TextArea
            id={`${id}schema`}
            rows={5}
            placeholder={'{ "type": "object", "properties": { … } }'}
            aria-invalid={problems.answerSchema !== undefined}
            aria-describedby={describedBy(`${id}schema`)}
            value={draft.answerSchema}
            onChange={(event) => change({ answerSchema: event.target.value })}
          />
        </Field>
        <PickField {...pick} label="Colours" field="theme" options={THEMES} />
      </div>
    </Disclosure>
  );
}

interface PickFieldProps<F extends 'rootBy' | 'reuse' | 'theme'> extends Pick<SectionProps, 'draft' | 'change'> {
  readonly label: string;
  readonly field: F;
  readonly options: Options<SettingsDraft[F]>;
}

/** One of a few, with the sentence of the one that is chosen. */
function PickField<F extends 'rootBy' | 'reuse' | 'theme'>({ draft, change, label, field, options }: PickFieldProps<F>) {
  const id = useId();
  const value = draft[field];
  return (
    <Field id={id} label={label} hint={options.find((option) => option.value === value)?.hint}>
      <Select
        id={id}
        className={styles.medium}
        options={options}
        aria-describedby={describedBy(id)}
        value={value}
        onChange={(event) => change({ [field]: chosen(options, event.target.value, value) })}
      />
    </Field>
  );
}
