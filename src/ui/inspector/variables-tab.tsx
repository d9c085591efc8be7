import { formatCount, plural } from '../../base/format.ts';
import type { VariableState } from '../../trajectory/derive/reading.ts';
import { variablesOfTurn, type VariableAtTurn } from '../../trajectory/derive/variable-changes.ts';
import styles from './inspector.module.css';
import type { TabProps } from './tab-props.ts';

/** Rows at most: a cell may make thousands of names. */
const SHOWN = 400;
const PREVIEW = 600;

/** What the REPL held after this turn; what the turn made or changed comes first, marked. */
export function VariablesTab({ state, subject: { call, turn }, empty }: TabProps) {
  if (empty !== null || turn === null) return <p className={styles['empty']}>{empty}</p>;
  const variables = variablesOfTurn(state, call, turn.turn);
  const touched = variables.filter(({ change }) => change !== 'kept').length;
  return (
    <>
      <p className={styles['bar']}>
        <b>{plural(variables.length, 'variable')}</b>
        <span className={styles['small']}>
          {touched === 0 ? `none changed in turn ${turn.turn}` : `${formatCount(touched)} made or changed in turn ${turn.turn}`}
        </span>
      </p>
      <ul className={styles['variables']}>
        {variables.slice(0, SHOWN).map((variable) => (
          <Variable key={variable.name} variable={variable} />
        ))}
      </ul>
      {variables.length > SHOWN ? (
        <p className={styles['foot']}>{plural(variables.length - SHOWN, 'more variable')} not listed</p>
      ) : null}
    </>
  );
}

const CHANGE_WORDS = { kept: null, made: 'new', changed: 'changed' } as const;

function Variable({ variable }: { readonly variable: VariableAtTurn }) {
  const { name, change, earlier, cell } = variable;
  const word = CHANGE_WORDS[change];
  return (
    <li data-change={change}>
      <p className={styles['variable']}>
        <b>{name}</b>
        <span>{measure(variable)}</span>
        <span className={styles['when']}>{word ?? `turn ${cell.slice(cell.lastIndexOf(':') + 1)}`}</span>
      </p>
      {earlier === null ? null : (
        <p className={styles['earlier']}>
          <i aria-hidden="true">−</i>
          <del>{short(earlier.preview)}</del>
          <span>{measure(earlier)}</span>
        </p>
      )}
      <p className={styles['preview']}>
        {change === 'kept' ? null : <i aria-hidden="true">+</i>}
        {short(variable.preview)}
      </p>
    </li>
  );
}

function measure({ kind, size }: VariableState): string {
  if (size === null) return kind;
  if (kind === 'string' || kind === 'text') return `${kind}, ${plural(size, 'character')}`;
  return `${kind}, ${formatCount(size)}`;
}

const short = (preview: string): string => (preview.length > PREVIEW ? `${preview.slice(0, PREVIEW)}…` : preview);
