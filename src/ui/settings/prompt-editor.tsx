import { useId, useState } from 'react';
import type { RunSettings } from '../../trajectory/settings.ts';
import type { PromptProfile } from '../../worker/protocol.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { describedBy, Field } from '../kit/field.tsx';
import { Select, TextArea } from '../kit/inputs.tsx';
import { fieldsInWords } from './prompt-fields.ts';
import { sizeInWords } from './prompt-size.ts';
import { AUTO } from './settings-draft.ts';
import type { SectionProps } from './settings-dialog.tsx';
import styles from './prompt.module.css';
import { usePromptPreview } from './use-engine-answers.ts';

interface PromptEditorProps extends Pick<SectionProps, 'draft' | 'change'> {
  readonly profiles: readonly PromptProfile[];
  /** What the draft says, to find the profile that goes with it. */
  readonly settings: RunSettings;
  readonly onClose: () => void;
}

/** The template of a profile, to change it. What is written here is saved with the settings. */
export function PromptEditor({ draft, change, profiles, settings, onClose }: PromptEditorProps) {
  const id = useId();
  const preview = usePromptPreview(settings, draft.method);
  const [picked, pick] = useState(draft.profile === AUTO ? null : draft.profile);
  const automatic = preview.state === 'ready' ? preview.preview.profile : null;
  const profile =
    profiles.find((each) => each.id === (picked ?? automatic)) ?? (preview.state === 'loading' ? undefined : profiles[0]);
  const builtIn = profile?.template ?? '';
  const own = profile && draft.systemPrompts[profile.id];
  const text = own ?? builtIn;

  const write = (template: string) => {
    if (!profile) return;
    const { [profile.id]: _, ...others } = draft.systemPrompts;
    change({ systemPrompts: template === builtIn ? others : { ...others, [profile.id]: template } });
  };

  const footer = (
    <>
      <Button kind="quiet" size="form" disabled={own === undefined} onClick={() => write(builtIn)}>
        Reset to built-in
      </Button>
      <span className={styles.count}>{sizeInWords(text)}</span>
      <Button size="form" onClick={onClose}>
        Done
      </Button>
    </>
  );
  return (
    <Dialog title="Edit prompt" onClose={onClose} width={760} footer={footer} sheet>
      <div className={styles.editor}>
        <Field id={`${id}profile`} label="Profile" hint={profile?.hint}>
          <Select
            id={`${id}profile`}
            className={styles.profile}
            options={profiles.map((each) => ({
              value: each.id,
              label: draft.systemPrompts[each.id] === undefined ? each.label : `${each.label}, changed`,
            }))}
            aria-describedby={describedBy(`${id}profile`)}
            value={profile?.id ?? ''}
            onChange={(event) => pick(event.target.value)}
          />
        </Field>
        <Field id={`${id}text`} label="System prompt" stacked hint={remark(builtIn, text)}>
          <TextArea
            id={`${id}text`}
            rows={22}
            disabled={!profile}
            aria-describedby={describedBy(`${id}text`)}
            value={text}
            onChange={(event) => write(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}

function remark(builtIn: string, text: string): string {
  if (text.trim() === '' && builtIn !== '') return 'Empty: the built-in prompt is used.';
  return (
    fieldsInWords(builtIn, text) ||
    'What stands in double braces is filled in for each run. Saved with Save in Settings.'
  );
}
