import { useId } from 'react';
import { isRlm } from '../../trajectory/methods.ts';
import type { PromptProfile } from '../../worker/protocol.ts';
import { Button } from '../kit/button.tsx';
import { describedBy, Field } from '../kit/field.tsx';
import { Select } from '../kit/inputs.tsx';
import { AUTO } from './settings-draft.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './prompt.module.css';

export interface PromptFieldProps extends Pick<SectionProps, 'draft' | 'change'> {
  /** Null until they are there. */
  readonly profiles: readonly PromptProfile[] | null;
  readonly onEdit: () => void;
  readonly onView: () => void;
}

/** Which system prompt the model gets, and the ways to change it and to read it. */
export function PromptField({ draft, change, profiles, onEdit, onView }: PromptFieldProps) {
  const id = useId();
  const list = profiles ?? [];
  const options = [
    { value: AUTO, label: 'Automatic' },
    ...list.map((profile) => ({ value: profile.id, label: profile.label })),
  ];
  // One of another version, or that has not arrived yet.
  if (!options.some(({ value }) => value === draft.profile)) options.push({ value: draft.profile, label: draft.profile });
  return (
    <Field id={id} label="Prompt profile" hint={isRlm(draft.method) ? hintOf(draft.profile, list, Object.keys(draft.systemPrompts)) : NO_PROFILE}>
      <Select
        id={id}
        className={styles.profile}
        disabled={profiles === null}
        options={options}
        aria-describedby={describedBy(id)}
        value={draft.profile}
        onChange={(event) => change({ profile: event.target.value })}
      />
      <span className={styles.actions}>
        <Button size="form" disabled={list.length === 0} onClick={onEdit}>
          Edit prompt
        </Button>
        <Button size="form" onClick={onView}>
          View exact prompt
        </Button>
      </span>
    </Field>
  );
}

const NO_PROFILE = 'This method has a prompt of its own. Profiles are for the RLM methods.';

function hintOf(profile: string, profiles: readonly PromptProfile[], changed: readonly string[]): string {
  const hint =
    profile === AUTO
      ? 'Chosen by the model’s name and the depth.'
      : (profiles.find(({ id }) => id === profile)?.hint ?? '');
  const names = changed.map((id) => profiles.find((each) => each.id === id)?.label ?? id);
  return names.length === 0 ? hint : `${hint} Changed by you: ${names.join(', ')}.`;
}
