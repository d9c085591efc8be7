import { useCommands } from '../app-context.tsx';
import { pickedFolder } from './dropped-files.ts';

const INPUT = 'add-files';

/** The one file input of the page; every «Add files» button clicks it. */
export function FileInput() {
  const commands = useCommands();
  return (
    <input
      id={INPUT}
      type="file"
      multiple
      hidden
      aria-label="Add files"
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        // The same file may be chosen again after it was removed.
        event.target.value = '';
        void commands.addFiles(files);
      }}
    />
  );
}

export const pickFiles = (): void => document.getElementById(INPUT)?.click();

/** A picker that is not in the page: the page has one file input, for documents. */
function pick(configure: (input: HTMLInputElement) => void, use: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  configure(input);
  input.addEventListener('change', () => use([...(input.files ?? [])]));
  input.click();
}

/** Asks for a folder, and then what of it is read. */
export function usePickFolder(): () => void {
  const commands = useCommands();
  return () =>
    pick(
      (input) => {
        input.webkitdirectory = true;
      },
      (chosen) => {
        const { title, files, pruned } = pickedFolder(chosen);
        void commands.addFolder(title, files, pruned);
      },
    );
}

/** Opens a trajectory file as a run. */
export function usePickTrajectory(): () => void {
  const commands = useCommands();
  return () =>
    pick(
      (input) => {
        input.accept = '.jsonl,.json,.ndjson';
      },
      ([file]) => {
        if (file) void commands.openTrajectory(file);
      },
    );
}
