import { useEffect, useRef, type RefObject } from 'react';
import { hasMod } from '../kit/platform.ts';

/** What the panel takes of a desk; the panes beside it make room. */
const ROOM = 'min(720px, 52vw)';

interface PanelOptions {
  readonly panel: RefObject<HTMLElement | null>;
  readonly heading: RefObject<HTMLElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Each time it is another object, something was opened. */
  readonly opened: object;
  /** Over everything: what is below cannot be reached. */
  readonly isSheet: boolean;
  readonly close: () => void;
}

/** Where the keyboard is: at the heading when something is opened, and back where it came from at the end. */
export function usePanel({ panel, heading, search, opened, isSheet, close }: PanelOptions): void {
  const cameFrom = useRef<Element | null>(null);

  useEffect(() => {
    if (!panel.current?.contains(document.activeElement)) cameFrom.current = document.activeElement;
    heading.current?.focus({ preventScroll: true });
  }, [opened, panel, heading]);

  useEffect(() => {
    const element = panel.current;
    if (!element || !isSheet) return;
    const below: Element[] = [];
    for (let one = element.previousElementSibling; one; one = one.previousElementSibling) below.push(one);
    for (const one of below) one.toggleAttribute('inert', true);
    return () => below.forEach((one) => one.toggleAttribute('inert', false));
  }, [panel, isSheet]);

  useEffect(() => {
    const root = document.documentElement;
    if (isSheet) return;
    root.style.setProperty('--source-room', ROOM);
    root.dataset['sourceRoom'] = '';
    return () => {
      root.style.removeProperty('--source-room');
      delete root.dataset['sourceRoom'];
    };
  }, [isSheet]);

  // After the effect above: what is inert cannot have the focus.
  useEffect(
    () => () => {
      if (cameFrom.current instanceof HTMLElement && cameFrom.current.isConnected) cameFrom.current.focus({ preventScroll: true });
    },
    [],
  );

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open], :popover-open')) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        close();
      }
      const isInside = event.target instanceof Node && panel.current?.contains(event.target);
      // The browser's own search would find what is loaded only.
      if (isInside && event.key === 'f' && hasMod(event) && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        search.current?.focus();
        search.current?.select();
      }
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [panel, search, close]);
}
