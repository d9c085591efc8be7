import { ChevronDown, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import buttons from '../kit/button.module.css';
import { Button } from '../kit/button.tsx';
import { classes } from '../kit/classes.ts';
import { Icon } from '../kit/icon.tsx';
import { MenuButton } from '../kit/menu-button.tsx';
import styles from './add-menu.module.css';
import { pickFiles, usePickFolder } from './pick-files.tsx';

const AddressDialog = lazy(async () => ({ default: (await import('./address-dialog.tsx')).AddressDialog }));

/** The dialog for a web address, and the way to open it. */
export function useAddressDialog() {
  const [open, setOpen] = useState(false);
  return {
    ask: () => setOpen(true),
    dialog: open && (
      <Suspense>
        <AddressDialog onClose={() => setOpen(false)} />
      </Suspense>
    ),
  };
}

const WAYS = [
  { id: 'folder', label: 'Add a folder', note: 'You say what of it is read' },
  { id: 'address', label: 'Add a web address', note: 'Where its server allows it' },
];

/** «Add files» in a bar, and beside it what else can be added. */
export function AddMenu() {
  const pickFolder = usePickFolder();
  const { ask, dialog } = useAddressDialog();
  return (
    <>
      <Button kind="quiet" icon={Plus} onClick={pickFiles}>
        Add files
      </Button>
      <MenuButton
        label="More to add"
        buttonLabel="More to add"
        items={WAYS}
        onChoose={(id) => (id === 'folder' ? pickFolder() : ask())}
        className={classes(buttons.button, buttons.quiet, buttons.bar, styles.more)}
      >
        <Icon of={ChevronDown} size={14} />
      </MenuButton>
      {dialog}
    </>
  );
}
