import { useId, useState, type FormEvent } from 'react';
import { useCommands } from '../app-context.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { describedBy, Field } from '../kit/field.tsx';
import { TextInput } from '../kit/inputs.tsx';
import styles from './address-dialog.module.css';
import { addressOf } from './address-of.ts';

/** Asks for a web address, whose file becomes a document. */
export function AddressDialog({ onClose }: { readonly onClose: () => void }) {
  const commands = useCommands();
  const id = useId();
  const form = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();

  const fetchIt = (event: FormEvent) => {
    event.preventDefault();
    const address = addressOf(text);
    if (address === null) {
      setProblem('That is no web address. Write one that begins with https://');
      return;
    }
    void commands.addAddress(address);
    onClose();
  };

  return (
    <Dialog
      title="Add a web address"
      onClose={onClose}
      width={520}
      footer={
        <div className={styles.actions}>
          <Button size="form" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="lacquer" size="form" type="submit" form={form}>
            Fetch
          </Button>
        </div>
      }
    >
      <form id={form} className={styles.form} onSubmit={fetchIt}>
        <Field
          id={id}
          label="Address"
          problem={problem}
          hint="The file is fetched by this tab, without cookies. Its server has to allow that (CORS); where it does not, download the file and drop it here."
        >
          <TextInput
            id={id}
            inputMode="url"
            placeholder="https://example.org/report.pdf"
            aria-describedby={describedBy(id)}
            aria-invalid={problem !== undefined}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setProblem(undefined);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
