import { useId, useState } from 'react';
import type { ProviderInfo } from '../../state/app.ts';
import type { ConnectionCheck } from '../../worker/protocol.ts';
import { describedBy, Field, FieldGroup } from '../kit/field.tsx';
import { Checkbox, TextInput } from '../kit/inputs.tsx';
import { KeyField } from './key-field.tsx';
import { ModelField } from './model-field.tsx';
import { OwnPrices, PRICE_FIELDS } from './own-prices.tsx';
import { ProviderField } from './provider-field.tsx';
import { hasEndpoint } from './settings-draft.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';
import { useKeyState, type BothFacts } from './use-engine-answers.ts';

interface ModelSectionProps extends SectionProps {
  readonly provider: ProviderInfo | undefined;
  /** Null while they are looked up. */
  readonly facts: BothFacts | null;
  /** Changes when keys were forgotten: what is known of them is asked for again. */
  readonly keyVersion: boolean;
  readonly pricesOpen: boolean;
  readonly onPricesToggle: (open: boolean) => void;
}

/** Who answers, where, with which key, and what that costs. */
export function ModelSection(props: ModelSectionProps) {
  const { provider, facts: known, keyVersion, pricesOpen, onPricesToggle, ...section } = props;
  const { draft, problems, change } = section;
  const id = useId();
  const endpoint = hasEndpoint(provider);
  const keyless = provider?.key === 'none';
  // Nothing is known of a model without a name, not even that its price is unknown.
  const facts = endpoint && draft.rootModel.trim() === '' ? null : known;
  const [check, setCheck] = useState<ConnectionCheck | 'checking' | null>(null);
  const keyState = useKeyState(draft.baseUrl, endpoint && !keyless, keyVersion);
  const listed = check !== null && check !== 'checking' && check.ok ? check.models : [];
  const models = [...(provider?.models ?? []), ...listed, provider?.rootModel ?? '', provider?.subModel ?? ''];
  const named = models.filter((model) => model !== '');
  const ownPrice = PRICE_FIELDS.some((field) => draft[field] !== '');
  const unknownPrice = facts !== null && (facts.root.priceFrom === null || facts.sub.priceFrom === null);

  return (
    <FieldGroup title="Model">
      <ProviderField draft={draft} change={change} provider={provider} onChoose={() => setCheck(null)} />
      <Field id={`${id}url`} label="Base URL" problem={problems.baseUrl}>
        <TextInput
          id={`${id}url`}
          className={styles.wide}
          inputMode="url"
          disabled={!endpoint}
          placeholder={endpoint ? 'https://' : 'not needed'}
          aria-invalid={problems.baseUrl !== undefined}
          aria-describedby={describedBy(`${id}url`)}
          value={draft.baseUrl}
          onChange={(event) => {
            setCheck(null);
            change({ baseUrl: event.target.value });
          }}
        />
      </Field>
      <KeyField draft={draft} provider={provider} keyState={keyState} check={check} setCheck={setCheck} change={change} />
      <div className={styles.remember}>
        <Checkbox
          label="Remember key on this device"
          disabled={keyless}
          checked={draft.remember ?? keyState?.remembered ?? false}
          onChange={(event) => change({ remember: event.target.checked })}
        />
        <p>Encrypted in this browser. Never in a log, an export or a link.</p>
      </div>
      <ModelField
        label="Root model"
        value={draft.rootModel}
        placeholder={endpoint ? '' : 'not needed'}
        disabled={!endpoint}
        problem={problems.rootModel}
        models={named}
        facts={facts?.root ?? null}
        onText={(rootModel) => change({ rootModel })}
      />
      <ModelField
        label="Sub-call model"
        value={draft.subModel}
        placeholder={endpoint ? 'as the root' : 'not needed'}
        disabled={!endpoint}
        problem={problems.subModel}
        models={named}
        facts={facts?.sub ?? null}
        onText={(subModel) => change({ subModel })}
      />
      {endpoint && (unknownPrice || ownPrice || pricesOpen) && (
        <OwnPrices {...section} open={pricesOpen} onToggle={onPricesToggle} />
      )}
    </FieldGroup>
  );
}
