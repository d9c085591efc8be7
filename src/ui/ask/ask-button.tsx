import { CornerDownLeft } from 'lucide-react';
import { useCommands, useDesk } from '../app-context.tsx';
import { Icon } from '../kit/icon.tsx';
import { shortcut } from '../kit/platform.ts';
import styles from './ask-button.module.css';

/** Quiet until there is a question. Nothing to ask about is said by the command, as a sentence. */
export function AskButton() {
  const commands = useCommands();
  const question = useDesk((desk) => desk.question);
  return (
    <button
      type="button"
      className={styles.ask}
      data-ready={question.trim() !== ''}
      title={`Ask (Enter or ${shortcut('Enter')})`}
      onClick={() => void commands.ask(question)}
    >
      Ask
      <Icon of={CornerDownLeft} size={14} />
    </button>
  );
}
