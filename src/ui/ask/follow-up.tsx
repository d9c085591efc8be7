import { followable } from '../../state/follow-up.ts';
import { plural } from '../../base/format.ts';
import { useApp, useDesk, useLibrary, usePreferences, useRuns } from '../app-context.tsx';
import { Checkbox } from '../kit/inputs.tsx';
import styles from './follow-up.module.css';

/** Whether the next question goes on from the run on screen, with its variables; nothing where it cannot. */
export function FollowUp() {
  const { desk } = useApp();
  const runs = useRuns((state) => state);
  const library = useLibrary((state) => state);
  const method = usePreferences((state) => state.method);
  const question = useDesk((state) => state.question).trim();
  const on = useDesk((state) => state.followUp);
  const before = followable(runs, library, { method })?.getState().live;
  // The same question again is another run of it, not the next question.
  if (!before || question === '' || question === before.started?.question) return null;
  const names = new Set([...before.cells.values()].flatMap((cell) => (cell.call === '0' ? cell.variables : [])).map(({ name }) => name));
  return (
    <span className={styles.choice} title={`The next question finds the ${plural(names.size, 'variable')} of this run, and its answer in history`}>
      <Checkbox
        label="Follow up"
        checked={on}
        onChange={(event) => desk.setState({ followUp: event.target.checked })}
      />
    </span>
  );
}
