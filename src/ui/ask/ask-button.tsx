import { CornerDownLeft } from 'lucide-react';
import { useCommands, useDesk } from '../app-context.tsx';
import { Icon } from '../kit/icon.tsx';
import { shortcut } from '../kit/platform.ts';
import styles from './ask-button.module.css';

interface AskButtonProps {
  /** The question that has its answer already: asking it again is not the next thing to do. */
  readonly answered?: string | null;
}

/** Quiet until there is a new question. Nothing to ask about is said by the command, as a sentence. */
export function AskButton({ answered = null }: AskButtonProps) {
  const commands = useCommands();
  const question = useDesk((desk) => desk.question);
  return (
    <button
      type="button"
      className={styles.ask}
      data-ready={question.trim() !== '' && question !== answered}
      title={`Ask (Enter or ${shortcut('Enter')})`}
      onClick={() => void commands.ask(question)}
    >
      Ask
      <Icon of={CornerDownLeft} size={14} />
    </button>
  );
}
