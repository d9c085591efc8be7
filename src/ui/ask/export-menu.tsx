import { Download } from 'lucide-react';
import type { ExportKind } from '../../state/commands.ts';
import { useApp } from '../app-context.tsx';
import buttons from '../kit/button.module.css';
import { classes } from '../kit/classes.ts';
import { Icon } from '../kit/icon.tsx';
import { MenuButton, type MenuItem } from '../kit/menu-button.tsx';
import { download } from './download.ts';

const KINDS: readonly (MenuItem & { readonly id: ExportKind })[] = [
  { id: 'trajectory', label: 'Trajectory (JSONL)', note: 'Every event; opens here again' },
  { id: 'official-rlm', label: 'Official rlm log (JSONL)', note: 'For the visualizer of the rlm package' },
];

/** Writes the run on screen as a file. */
export function ExportMenu() {
  const { commands, alerts } = useApp();
  const write = (id: string) => {
    const kind = KINDS.find((item) => item.id === id);
    const file = kind ? commands.exportRun(kind.id) : null;
    if (file) download(file);
    else alerts.raise('There is no run to export. Choose one in the list of runs.');
  };
  return (
    <MenuButton
      label="Export"
      items={KINDS}
      onChoose={write}
      className={classes(buttons.button, buttons.plain, buttons.bar)}
    >
      <Icon of={Download} />
      Export
    </MenuButton>
  );
}
