import { ChevronsUpDown } from 'lucide-react';
import { useId } from 'react';
import type { ModelFacts } from '../../worker/protocol.ts';
import { describedBy, Field } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { TextInput } from '../kit/inputs.tsx';
import { MenuButton } from '../kit/menu-button.tsx';
import { priceInWords, windowInWords } from './facts-in-words.ts';
import { modelsToOffer } from './models-to-offer.ts';
import styles from './settings-dialog.module.css';

interface ModelFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly problem: string | undefined;
  /** Names that the provider is known by, and those that the endpoint gave when it was checked. */
  readonly models: readonly string[];
  /** Null while they are looked up, and where there is nothing to say. */
  readonly facts: ModelFacts | null;
  readonly onText: (text: string) => void;
}

/** A model by name, typed or chosen from what the endpoint offers, and what it costs. */
export function ModelField({ label, value, placeholder, disabled, problem, models, facts, onText }: ModelFieldProps) {
  const id = useId();
  const offered = modelsToOffer(models, value).map((model) => ({ id: model, label: model }));
  return (
    <Field id={id} label={label} problem={problem}>
      <span className={styles.model}>
        <TextInput
          id={id}
          disabled={disabled}
          placeholder={placeholder}
          aria-invalid={problem !== undefined}
          aria-describedby={`${describedBy(id)} ${id}facts`}
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
      </span>
      <span id={`${id}facts`} className={styles.facts}>
        {facts && (
          <>
            <span>{priceInWords(facts)}</span>
            <span>{windowInWords(facts)}</span>
          </>
        )}
      </span>
    </Field>
  );
}
