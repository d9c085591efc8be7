import { useEffect, useState } from 'react';
import { useApp } from '../app-context.tsx';
import { HeroDoll } from '../welcome/hero-doll.tsx';
import { isTyping } from '../shell/use-hotkeys.ts';
import styles from './drop-target.module.css';
import { dropped } from './dropped-files.ts';

/** Takes files and folders that are dropped anywhere on the window, and text that is pasted. */
export function DropTarget() {
  const { commands, alerts } = useApp();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving one element for another is not leaving the window.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      void dropped(event.dataTransfer).then(({ files, folders }) => {
        if (files.length > 0) void commands.addFiles(files);
        for (const { title, files: inside, pruned } of folders) void commands.addFolder(title, inside, pruned);
        if (files.length + folders.length > 0) return;
        alerts.raise('There was no file in what you dropped. Drop files, or a folder that holds some.');
      });
    };
    const paste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length === 0 && text.trim() === '') return;
      event.preventDefault();
      if (files.length > 0) void commands.addFiles(files);
      else void commands.addText(text);
    };
    const ends = [
      on('dragenter', drag),
      on('dragover', drag),
      on('dragleave', leave),
      on('drop', drop),
      on('paste', paste),
    ];
    return () => ends.forEach((end) => end());
  }, [commands, alerts]);

  if (!over) return null;
  return (
    <div className={styles.overlay} aria-hidden="true">
      <div className={styles.drawing}>
        <HeroDoll filled={false} />
      </div>
      <p className={styles.words}>Let go to add them.</p>
      <p className={styles.note}>Files and folders. They are read here and stay on this device.</p>
    </div>
  );
}

const hasFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false;

/** Listens on the window; returns the way to stop. */
function on<K extends keyof WindowEventMap>(type: K, listen: (event: WindowEventMap[K]) => void): () => void {
  addEventListener(type, listen);
  return () => removeEventListener(type, listen);
}
