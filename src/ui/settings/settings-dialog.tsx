import { Trash2 } from 'lucide-react';
import { useEffect, useId, useState, type FormEvent } from 'react';
import { useApp } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { LimitsSection } from './limits-section.tsx';
import { MethodSection } from './method-section.tsx';
import { ModelSection } from './model-section.tsx';
import { checkDraft, draftOf, OFFLINE, type Problems, type SettingsDraft } from './settings-draft.ts';
import styles from './settings-dialog.module.css';

/** What each part of the dialog reads and changes. */
export interface SectionProps {
  readonly draft: SettingsDraft;
  readonly problems: Problems;
  readonly change: (change: Partial<SettingsDraft>) => void;
}

/** Model, method and limits. Nothing takes effect before Save; the key goes to the engine only. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { settings, commands } = useApp();
  const form = useId();
  const [draft, setDraft] = useState(() => draftOf(settings.getState()));
  const [problems, setProblems] = useState<Problems>({});
  const [forgotten, setForgotten] = useState(false);

  // A problem leaves with the first change of its field.
  const change = (part: Partial<SettingsDraft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setProblems((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in part))));
  };
  useEffect(() => {
    document.getElementById(form)?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, problems]);

  const save = (event: FormEvent) => {
    event.preventDefault();
    const checked = checkDraft(draft, settings.getState());
    if (!checked.ok) {
      setProblems(checked.problems);
      return;
    }
    const key = draft.provider === OFFLINE ? null : draft.key?.trim() || null;
    void commands.saveSettings(checked.preferences, key, draft.remember);
    onClose();
  };
  const forget = async () => {
    await commands.forgetKeys();
    change({ key: null, remember: null });
    setForgotten(true);
  };

  const footer = (
    <>
      <Button kind="quiet" size="form" icon={Trash2} className={styles.forget} onClick={() => void forget()}>
        Forget all keys
      </Button>
      <span className={styles.forgotten} role="status" aria-label="Keys">
        {forgotten && 'All keys are forgotten'}
      </span>
      <Button size="form" onClick={onClose}>
        Cancel
      </Button>
      <Button kind="lacquer" size="form" type="submit" form={form} className={styles.save}>
        Save
      </Button>
    </>
  );

  const section = { draft, problems, change };
  return (
    <Dialog title="Settings" onClose={onClose} width={704} footer={footer}>
      <form id={form} noValidate onSubmit={save}>
        <ModelSection {...section} keyVersion={forgotten} />
        <MethodSection {...section} />
        <LimitsSection {...section} />
      </form>
    </Dialog>
  );
}
