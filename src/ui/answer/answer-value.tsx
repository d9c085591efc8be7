import { useMemo, useState } from 'react';
import { formatCount, plural } from '../../base/format.ts';
import type { AnswerTable } from '../../trajectory/answer-table.ts';
import { Button } from '../kit/button.tsx';
import { LongText } from '../kit/long-text.tsx';
import { useCitations } from './citations.tsx';
import { CitedWords } from './cited-words.tsx';
import type { AnswerValueOf } from './answer-value-of.ts';
import styles from './answer-value.module.css';
import { cellText, isNumeric } from './value-text.ts';

/** Rows that are put on the page at once, unless a person asks for more. */
const ROWS = 200;
const MOST_COLUMNS = 40;

/** An answer that is a value: as a table where it has rows, else as the JSON it is. */
export function AnswerValue({ value: { table, json } }: { readonly value: AnswerValueOf }) {
  return table ? <ValueTable table={table} /> : <LongText className={styles.json} text={json} />;
}

/** Characters that are not broken into lines. */
const SHORT = 24;

const Cell = ({ text, numeric }: { readonly text: string; readonly numeric: boolean }) => (
  <td data-numeric={numeric} data-short={text.length <= SHORT} dir="auto">
    <CitedCell text={text} />
  </td>
);

/** The words of a cell; as a link where they are cited as they stand. */
function CitedCell({ text }: { readonly text: string }) {
  const words = text.trim();
  const index = useCitations().findIndex(({ citation }) => citation.quote.trim() === words);
  return index < 0 ? (
    <>{text}</>
  ) : (
    <CitedWords index={index} last>
      {text}
    </CitedWords>
  );
}

function ValueTable({ table }: { readonly table: AnswerTable }) {
  const [shown, setShown] = useState(ROWS);
  const columns = table.columns.slice(0, MOST_COLUMNS);
  const numeric = useMemo(
    () => columns.map((_, at) => table.rows.slice(0, ROWS).every((row) => isNumeric(row[at]))),
    // `columns` is a part of `table`.
    // oxlint-disable-next-line react/exhaustive-deps
    [table],
  );
  const hidden = table.rows.length - shown;
  return (
    <div className={styles.value}>
      {/* Wider than its place, it is scrolled with the arrow keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.scroll} role="group" aria-label="Table of the answer" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th key={at} scope="col" data-numeric={numeric[at]}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, shown).map((row, index) => (
              <tr key={index}>
                {columns.map((_, at) => (
                  <Cell key={at} text={cellText(row[at])} numeric={numeric[at] === true} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.size}>
        {plural(table.rows.length, 'row')}, {plural(table.columns.length, 'column')}
        {table.columns.length > MOST_COLUMNS && `, of which ${MOST_COLUMNS} are shown`}
      </p>
      {hidden > 0 && (
        <Button onClick={() => setShown(shown + ROWS * 5)}>
          Show {formatCount(Math.min(hidden, ROWS * 5))} more of {formatCount(hidden)} rows
        </Button>
      )}
    </div>
  );
}
