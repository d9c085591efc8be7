import { Check, Copy } from 'lucide-react';
import type { Message } from '../../trajectory/events.ts';
import { plural } from '../../base/format.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import type { PromptProfile, PromptRequest } from '../../worker/protocol.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { LongText } from '../kit/long-text.tsx';
import { useCopy } from '../kit/use-copy.ts';
import { sizeInWords } from './prompt-size.ts';
import styles from './prompt.module.css';
import { usePromptPreview, type Preview } from './use-engine-answers.ts';

interface PromptPreviewProps {
  readonly settings: RunSettings;
  readonly method: string;
  readonly profiles: readonly PromptProfile[];
  readonly onClose: () => void;
}

/** What the next run would send first, to the letter. */
export function PromptPreviewDialog({ settings, method, profiles, onClose }: PromptPreviewProps) {
  const preview = usePromptPreview(settings, method);
  return (
    <Dialog title="Exact prompt" onClose={onClose} width={760} sheet>
      <PreviewBody preview={preview} profiles={profiles} />
    </Dialog>
  );
}

function PreviewBody({ preview, profiles }: { readonly preview: Preview; readonly profiles: readonly PromptProfile[] }) {
  switch (preview.state) {
    case 'loading':
      return <p className={styles.said}>Writing it…</p>;
    case 'failed':
      return (
        <p role="alert" className={styles.said}>
          The prompt could not be written: {preview.message}
        </p>
      );
    case 'ready': {
      const { messages, profile, hint } = preview.preview;
      if (messages.length === 0) return <p className={styles.said}>{hint ?? 'There is no prompt to show for this method.'}</p>;
      const label = profiles.find(({ id }) => id === profile)?.label;
      return (
        <>
          <p className={styles.said}>
            {label === undefined ? '' : `Profile: ${label}. `}
            {deskInWords(preview.request)} In all {sizeInWords(messages.map(({ content }) => content).join(''))}.
            {hint !== undefined && <strong className={styles.remark}>{hint}</strong>}
          </p>
          {messages.map((message, index) => (
            // Messages have no identity but their place.
            <SentMessage key={index} message={message} title={titleOf(message, index, messages)} />
          ))}
        </>
      );
    }
  }
}

function SentMessage({ message: { content }, title }: { readonly message: Message; readonly title: string }) {
  const { state, copy } = useCopy();
  return (
    <section className={styles.message} aria-label={title}>
      <header className={styles.messageHead}>
        <h3>{title}</h3>
        <span className={styles.count}>{sizeInWords(content)}</span>
        <span role="status" className={styles.copyState}>
          {state === 'refused' && 'The browser did not allow copying.'}
          {state === 'copied' && <span className="visually-hidden">Copied</span>}
        </span>
        <Button
          kind="quiet"
          icon={state === 'copied' ? Check : Copy}
          aria-label={`Copy ${title.toLowerCase()}`}
          onClick={() => copy(content)}
        >
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </header>
      <LongText text={content} className={styles.text} />
    </section>
  );
}

function titleOf({ role }: Message, index: number, messages: readonly Message[]): string {
  const firstUser = messages.findIndex((message) => message.role === 'user');
  switch (role) {
    case 'system':
      return 'System prompt';
    case 'user':
      return index === firstUser ? 'First message' : `Message ${index + 1}`;
    case 'assistant':
      return `Reply ${index + 1}`;
  }
}

/** What of the desk went into it. */
function deskInWords({ question, documents }: PromptRequest): string {
  const asked = question === '' ? 'no question yet' : 'the question on the desk';
  const read = documents.length === 0 ? 'no documents' : plural(documents.length, 'document');
  return `With ${asked} and ${read}.`;
}
