import { useEffect } from 'react';
import { runInFlight } from '../../state/runs-store.ts';
import { useApp } from '../app-context.tsx';
import { pickFiles } from '../documents/pick-files.tsx';
import { hasMod } from '../kit/platform.ts';

/** The shortcuts of the whole page. Single letters act only where nothing is typed. */
export function useHotkeys(showKeys: () => void): void {
  const { commands, desk, runs } = useApp();
  useEffect(() => {
    const act = (event: KeyboardEvent): boolean => {
      // A dialog has the keyboard to itself.
      if (document.querySelector('dialog[open]') || event.isComposing) return false;
      if (hasMod(event) && !event.shiftKey && !event.altKey) {
        switch (event.key) {
          case 'Enter':
            void commands.ask(desk.getState().question);
            return true;
          case '.':
            if (!runInFlight(runs.getState())) return false;
            commands.stop();
            return true;
          case 'o':
            pickFiles();
            return true;
          default:
            return false;
        }
      }
      if (event.key === '?' && !isTyping(event.target)) {
        showKeys();
        return true;
      }
      return false;
    };
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && act(event)) event.preventDefault();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [commands, desk, runs, showKeys]);
}

/** True where a key press writes text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, select') || (target.matches('textarea') && !target.matches(':read-only')))
  );
}
