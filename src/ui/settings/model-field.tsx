import { ChevronsUpDown } from 'lucide-react';
import { useId } from 'react';
import { describedBy, Field } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { TextInput } from '../kit/inputs.tsx';
import { MenuButton } from '../kit/menu-button.tsx';
import styles from './settings-dialog.module.css';

interface ModelFieldProps {
  readonly label: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly problem: string | undefined;
  /** Names the endpoint gave when it was last checked; empty before. */
  readonly models: readonly string[];
  readonly onText: (text: string) => void;
}

/** A model by name, typed or chosen from what the endpoint offers. */
export function ModelField({ label, value, disabled, problem, models, onText }: ModelFieldProps) {
  const id = useId();
  const offered = models.toSorted((a, b) => a.localeCompare(b, 'en')).map((model) => ({ id: model, label: model }));
  return (
    <Field id={id} label={label} problem={problem}>
      <TextInput
        id={id}
        className={styles.model}
        disabled={disabled}
        placeholder={disabled ? 'not needed' : ''}
        aria-invalid={problem !== undefined}
        aria-describedby={describedBy(id)}
        value={value}
        onChange={(event) => onText(event.target.value)}
      />
      {offered.length > 0 && !disabled && (
        <MenuButton
          label={`Models for ${label}`}
          buttonLabel={`Choose the ${label.toLowerCase()}`}
          items={offered}
          onChoose={onText}
          className={styles.chooser}
        >
          <Icon of={ChevronsUpDown} size={14} />
        </MenuButton>
      )}
    </Field>
  );
}
