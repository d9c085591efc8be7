import { Check, Eye, EyeOff } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { formatDuration, plural } from '../../base/format.ts';
import type { ProviderInfo } from '../../state/app.ts';
import type { ConnectionCheck, KeyState } from '../../worker/protocol.ts';
import { useCommands } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { describedBy, Field } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { TextInput } from '../kit/inputs.tsx';
import { StateMark } from '../kit/state-mark.tsx';
import { OFFLINE } from './settings-draft.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './settings-dialog.module.css';

type CheckState = ConnectionCheck | 'checking' | null;

interface KeyFieldProps extends Pick<SectionProps, 'draft' | 'change'> {
  readonly provider: ProviderInfo | undefined;
  readonly keyState: KeyState | null;
  readonly check: CheckState;
  readonly setCheck: (check: CheckState) => void;
}

/** The key, masked, and whether the endpoint takes it. A stored key is never shown: it cannot come back. */
export function KeyField({ draft, provider, keyState, check, setCheck, change }: KeyFieldProps) {
  const id = useId();
  const commands = useCommands();
  const [revealed, setRevealed] = useState(false);
  const latest = useRef(0);
  const keyless = provider?.key === 'none';

  const run = async () => {
    const mine = ++latest.current;
    setCheck('checking');
    const result = await commands
      .checkConnection(draft.baseUrl.trim(), draft.key?.trim() || null, draft.provider)
      .catch((reason: unknown): ConnectionCheck => ({
        ok: false,
        message: reason instanceof Error ? reason.message : 'The check did not run. Try again.',
      }));
    // What was typed meanwhile makes an answer to the old fields worthless.
    if (mine === latest.current) setCheck(result);
  };

  return (
    <Field id={id} label="API key" hint={<CheckResult check={check} />}>
      <div className={`${styles.keyRow} ${styles.wide}`} >
        <span className={styles.keyWrap}>
          <TextInput
            id={id}
            masked={!revealed}
            disabled={keyless}
            placeholder={placeholder(provider, keyState)}
            aria-describedby={describedBy(id)}
            data-1p-ignore
            data-lpignore="true"
            value={draft.key ?? ''}
            onChange={(event) => {
              latest.current += 1;
              setCheck(null);
              change({ key: event.target.value, remember: draft.remember ?? keyState?.remembered ?? false });
            }}
          />
          {!keyless && (
            <IconButton
              className={styles.reveal}
              icon={revealed ? EyeOff : Eye}
              label={revealed ? 'Hide key' : 'Show key'}
              onClick={() => setRevealed(!revealed)}
            />
          )}
        </span>
        <Button size="form" disabled={draft.provider === OFFLINE || check === 'checking'} onClick={() => void run()}>
          Check connection
        </Button>
      </div>
    </Field>
  );
}

function placeholder(provider: ProviderInfo | undefined, keyState: KeyState | null): string {
  if (provider?.key === 'none') return 'not needed';
  if (!keyState?.present) return provider?.key === 'required' ? 'none yet' : 'none yet; some ask for one';
  return keyState.remembered ? 'remembered; type to replace' : 'kept for this visit; type to replace';
}

function CheckResult({ check }: { readonly check: CheckState }) {
  return (
    <>
      <div role="status" aria-label="Connection">
        {check === 'checking' && 'Asking for its list of models…'}
        {check !== null && check !== 'checking' && check.ok && (
          <span className={styles.good}>
            <Icon of={Check} size={14} />
            Connected, {plural(check.models.length, 'model')}, {formatDuration(check.ms)}
          </span>
        )}
      </div>
      {check !== null && check !== 'checking' && !check.ok && (
        <div role="alert" className={styles.bad}>
          <StateMark state="failed" depth={0} size={10} />
          {check.message}
        </div>
      )}
    </>
  );
}
