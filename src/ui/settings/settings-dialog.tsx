import { Trash2 } from 'lucide-react';
import { useEffect, useId, useState, type FormEvent } from 'react';
import { useApp } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { checkDraft, type Problems } from './check-draft.ts';
import { LimitsSection } from './limits-section.tsx';
import { MethodSection } from './method-section.tsx';
import { ModelSection } from './model-section.tsx';
import { MORE_FIELDS, MoreSection } from './more-section.tsx';
import { PRICE_FIELDS } from './own-prices.tsx';
import { PromptEditor } from './prompt-editor.tsx';
import { PromptPreviewDialog } from './prompt-preview.tsx';
import { draftOf, type SettingsDraft } from './settings-draft.ts';
import styles from './settings-dialog.module.css';
import { useModelFacts, usePromptProfiles } from './use-engine-answers.ts';

/** What each part of the dialog reads and changes. */
export interface SectionProps {
  readonly draft: SettingsDraft;
  readonly problems: Problems;
  readonly change: (change: Partial<SettingsDraft>) => void;
}

/** Model, method and limits. Nothing takes effect before Save; the key goes to the engine only. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { settings, commands, providers } = useApp();
  const form = useId();
  const find = (id: string) => providers.find((provider) => provider.id === id);
  const [draft, setDraft] = useState(() => draftOf(settings.getState(), find(settings.getState().run.provider)));
  const [problems, setProblems] = useState<Problems>({});
  const [forgotten, setForgotten] = useState(false);
  const [pricesOpen, setPricesOpen] = useState(false);
  const [moreOpen, setMoreOpen] = useState(false);
  const [prompt, setPrompt] = useState<'edited' | 'viewed' | null>(null);

  const provider = find(draft.provider);
  const checked = checkDraft(draft, settings.getState(), provider);
  const { run } = checked.preferences;
  const facts = useModelFacts(run);
  const profiles = usePromptProfiles();

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
    if (Object.keys(checked.problems).length > 0) {
      setProblems(checked.problems);
      if (MORE_FIELDS.some((field) => field in checked.problems)) setMoreOpen(true);
      if (PRICE_FIELDS.some((field) => field in checked.problems)) setPricesOpen(true);
      return;
    }
    const keyless = provider?.key === 'none';
    void commands.saveSettings(checked.preferences, keyless ? null : draft.key?.trim() || null, keyless ? null : draft.remember);
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
  const closePrompt = () => setPrompt(null);
  return (
    <>
      <Dialog title="Settings" onClose={onClose} width={704} footer={footer} sheet>
        <form id={form} noValidate onSubmit={save}>
          <ModelSection
            {...section}
            provider={provider}
            facts={facts}
            keyVersion={forgotten}
            pricesOpen={pricesOpen}
            onPricesToggle={setPricesOpen}
          />
          <MethodSection
            draft={draft}
            change={change}
            profiles={profiles}
            onEdit={() => setPrompt('edited')}
            onView={() => setPrompt('viewed')}
          />
          <LimitsSection {...section} />
          <MoreSection
            {...section}
            open={moreOpen}
            onToggle={setMoreOpen}
            windowTokens={facts?.root.windowTokens ?? null}
          />
        </form>
      </Dialog>
      {prompt === 'edited' && (
        <PromptEditor draft={draft} change={change} profiles={profiles ?? []} settings={run} onClose={closePrompt} />
      )}
      {prompt === 'viewed' && (
        <PromptPreviewDialog settings={run} method={draft.method} profiles={profiles ?? []} onClose={closePrompt} />
      )}
    </>
  );
}
