import { Download } from 'lucide-react';
import { useMemo } from 'react';
import type { ExportKind } from '../../state/commands.ts';
import type { RunStore } from '../../state/run-store.ts';
import { useApp, useRun } from '../app-context.tsx';
import buttons from '../kit/button.module.css';
import { classes } from '../kit/classes.ts';
import { Icon } from '../kit/icon.tsx';
import { MenuButton, type MenuItem } from '../kit/menu-button.tsx';
import { answerFile, answerFiles, type AnswerFileKind } from './answer-file.ts';
import { download } from './download.ts';

const KINDS: readonly (MenuItem & { readonly id: ExportKind })[] = [
  { id: 'trajectory', label: 'Trajectory (JSONL)', note: 'Every event; opens here again' },
  { id: 'official-rlm', label: 'Official rlm log (JSONL)', note: 'For the visualizer of the rlm package' },
];

const ANSWERS: readonly (MenuItem & { readonly id: AnswerFileKind })[] = [
  { id: 'answer-json', label: 'Answer (JSON)', note: 'The answer alone, as a value' },
  { id: 'answer-csv', label: 'Answer (CSV)', note: 'Its table, for a spreadsheet' },
];

/** Writes the run on screen as a file, or its answer. */
export function ExportMenu({ run }: { readonly run: RunStore }) {
  const { commands, alerts } = useApp();
  const finished = useRun(run, ({ live }) => live.finished);
  const possible = useMemo(() => answerFiles(finished), [finished]);
  const answers = ANSWERS.filter(({ id }) => possible.includes(id));
  const write = async (id: string) => {
    const kind = KINDS.find((item) => item.id === id);
    const answer = answers.find((item) => item.id === id);
    const file = kind ? commands.exportRun(kind.id) : answer && finished ? await answerFile(finished, answer.id) : null;
    if (file) download(file);
    else alerts.raise('There is no run to export. Choose one in the list of runs.');
  };
  return (
    <MenuButton
      label="Export"
      items={[...KINDS, ...answers]}
      onChoose={(id) => void write(id)}
      className={classes(buttons.button, buttons.plain, buttons.bar)}
    >
      <Icon of={Download} />
      Export
    </MenuButton>
  );
}
