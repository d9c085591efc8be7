import { useId } from 'react';
import type { ProviderInfo } from '../../state/app.ts';
import { useApp } from '../app-context.tsx';
import { describedBy, Field } from '../kit/field.tsx';
import { Select } from '../kit/inputs.tsx';
import { withProvider } from './choose-provider.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

/** Id of the browser's own model, which only some browsers have. */
const BROWSER = 'browser';

interface ProviderFieldProps extends Pick<SectionProps, 'draft' | 'change'> {
  readonly provider: ProviderInfo | undefined;
  readonly onChoose: () => void;
}

/** Who answers: brings its address and its models, and says what it needs. */
export function ProviderField({ draft, change, provider, onChoose }: ProviderFieldProps) {
  const id = useId();
  const { providers } = useApp();
  const offered = providers.filter((each) => each.id !== BROWSER || each.id === draft.provider || hasBrowserModel());
  const options = offered.map(({ id: value, label }) => ({ value, label }));
  // Settings of another version may name one that is not here.
  if (!provider) options.push({ value: draft.provider, label: draft.provider });
  return (
    <Field id={id} label="Provider" hint={provider && <ProviderNotes provider={provider} />}>
      <Select
        id={id}
        className={styles.medium}
        options={options}
        aria-describedby={describedBy(id)}
        value={draft.provider}
        onChange={(event) => {
          onChoose();
          change(withProvider(draft, event.target.value, providers));
        }}
      />
    </Field>
  );
}

function ProviderNotes({ provider: { notes, help, key, label } }: { readonly provider: ProviderInfo }) {
  return (
    <>
      {notes}{' '}
      {help !== null && (
        <a className={styles.link} href={help} target="_blank" rel="noreferrer">
          {key === 'required' ? `Get a key for ${label}` : `How to set up ${label}`}
        </a>
      )}
    </>
  );
}

const hasBrowserModel = (): boolean => 'LanguageModel' in globalThis;
