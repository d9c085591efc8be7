import { useEffect, useId, useState } from 'react';
import type { ConnectionCheck, KeyState } from '../../worker/protocol.ts';
import { useCommands } from '../app-context.tsx';
import { describedBy, Field, FieldGroup } from '../kit/field.tsx';
import { Checkbox, Select, TextInput } from '../kit/inputs.tsx';
import { KeyField } from './key-field.tsx';
import { ModelField } from './model-field.tsx';
import { checkBaseUrl, OFFLINE, OPENAI_COMPATIBLE, withProvider } from './settings-draft.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

const PROVIDERS = [
  { value: OFFLINE, label: 'Offline demo' },
  { value: OPENAI_COMPATIBLE, label: 'OpenAI-compatible' },
];

interface ModelSectionProps extends SectionProps {
  /** Changes when keys were forgotten: what is known of them is asked for again. */
  readonly keyVersion: boolean;
}

/** Who answers, where, and with which key. */
export function ModelSection({ draft, problems, change, keyVersion }: ModelSectionProps) {
  const id = useId();
  const offline = draft.provider === OFFLINE;
  const [check, setCheck] = useState<ConnectionCheck | 'checking' | null>(null);
  const keyState = useKeyState(draft.baseUrl, offline, keyVersion);
  const models = check !== null && check !== 'checking' && check.ok ? check.models : [];

  return (
    <FieldGroup title="Model">
      <Field id={`${id}provider`} label="Provider">
        <Select
          id={`${id}provider`}
          className={styles.medium}
          options={PROVIDERS}
          value={draft.provider}
          onChange={(event) => {
            setCheck(null);
            change(withProvider(draft, event.target.value));
          }}
        />
      </Field>
      {offline && (
        <p className={styles.note}>
          Runs in this tab by rules, not a language model: no network, no key, no cost. It writes the same
          kind of code and sub-calls. For real answers choose OpenAI-compatible.
        </p>
      )}
      <Field id={`${id}url`} label="Base URL" problem={problems.baseUrl}>
        <TextInput
          id={`${id}url`}
          className={styles.wide}
          inputMode="url"
          disabled={offline}
          placeholder={offline ? 'not needed' : 'https://'}
          aria-invalid={problems.baseUrl !== undefined}
          aria-describedby={describedBy(`${id}url`)}
          value={draft.baseUrl}
          onChange={(event) => {
            setCheck(null);
            change({ baseUrl: event.target.value });
          }}
        />
      </Field>
      <KeyField draft={draft} disabled={offline} keyState={keyState} check={check} setCheck={setCheck} change={change} />
      <div className={styles.remember}>
        <Checkbox
          label="Remember key on this device"
          disabled={offline}
          checked={draft.remember ?? keyState?.remembered ?? false}
          onChange={(event) => change({ remember: event.target.checked })}
        />
        <p>Encrypted in this browser. Never in a log, an export or a link.</p>
      </div>
      <ModelField
        label="Root model"
        value={draft.rootModel}
        disabled={offline}
        problem={problems.rootModel}
        models={models}
        onText={(rootModel) => change({ rootModel })}
      />
      <ModelField
        label="Sub-call model"
        value={draft.subModel}
        disabled={offline}
        problem={problems.subModel}
        models={models}
        onText={(subModel) => change({ subModel })}
      />
    </FieldGroup>
  );
}

/** Whether the engine holds a key for the address, once it is one; null while unknown. */
function useKeyState(baseUrl: string, offline: boolean, version: boolean): KeyState | null {
  const commands = useCommands();
  const [state, setState] = useState<{ readonly url: string; readonly key: KeyState } | null>(null);
  const url = baseUrl.trim().replace(/\/+$/, '');
  const ask = !offline && checkBaseUrl(url) === null;
  useEffect(() => {
    if (!ask) return undefined;
    let current = true;
    commands.keyState(url).then(
      (key) => current && setState({ url, key }),
      // A worker that cannot say keeps the field empty, which is what to do anyway.
      () => current && setState(null),
    );
    return () => {
      current = false;
    };
  }, [ask, url, version, commands]);
  return ask && state?.url === url ? state.key : null;
}
