import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useCommands, useDesk, useRunInFlight } from '../app-context.tsx';
import { hasMod } from '../kit/platform.ts';
import { classes } from '../kit/classes.ts';
import styles from './question-box.module.css';

/** A paste of more characters than this is no question: it becomes a document. */
const LONGEST_PASTE = 20_000;

interface QuestionBoxProps {
  readonly placeholder: string;
  readonly className?: string | undefined;
}

/** The question as a heading one can write in. Grows with its text; Enter asks. */
export function QuestionBox({ placeholder, className }: QuestionBoxProps) {
  const commands = useCommands();
  const question = useDesk((desk) => desk.question);
  const running = useRunInFlight() !== null;

  const askOnEnter = (event: KeyboardEvent) => {
    // Enter that picks a candidate of an input method is not an Enter of ours.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (event.shiftKey || (event.altKey && !hasMod(event))) return;
    event.preventDefault();
    event.stopPropagation();
    void commands.ask(question);
  };

  const documentFromPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (text.length <= LONGEST_PASTE) return;
    event.preventDefault();
    void commands.addText(text);
  };

  /** Dropped or filled in at once, such a text is no question either; what was typed stays. */
  const write = (text: string) => {
    if (text.length - question.length > LONGEST_PASTE) void commands.addText(text);
    else commands.setQuestion(text);
  };

  return (
    // The copy of the text in `data-text` gives the grid its height, so the field grows without script.
    <div className={classes(styles.grow, className)} data-text={question.slice(0, 2000)}>
      <textarea
        id="question"
        className={styles.field}
        aria-label="Question"
        placeholder={placeholder}
        rows={1}
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        readOnly={running}
        value={question}
        onChange={(event) => write(event.target.value)}
        onKeyDown={askOnEnter}
        onPaste={documentFromPaste}
      />
    </div>
  );
}
