import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './menu-button.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** Said below the label, in small. */
  readonly note?: string;
}

interface MenuButtonProps {
  /** The menu's accessible name. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onChoose: (id: string) => void;
  readonly className?: string | undefined;
  /** Given where the button shows no words. */
  readonly buttonLabel?: string;
  readonly children: ReactNode;
}

/** A button that opens a menu in a popover: arrows walk, Home and End jump, Escape closes. */
export function MenuButton(props: MenuButtonProps) {
  const { label, items, onChoose, className, buttonLabel, children } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  const open = () => {
    const [anchor, popover] = [button.current, menu.current];
    if (!anchor || !popover) return;
    popover.showPopover();
    place(popover, anchor.getBoundingClientRect());
    itemsOf(popover)[0]?.focus();
  };
  const close = () => {
    menu.current?.hidePopover();
    button.current?.focus();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={buttonLabel}
        title={buttonLabel}
        aria-haspopup="menu"
        aria-controls={id}
        onClick={open}
      >
        {children}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        className={styles.menu}
        onKeyDown={(event) => walk(event, close)}
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={styles.item}
            aria-label={item.label}
            onClick={() => {
              close();
              onChoose(item.id);
            }}
          >
            <span>{item.label}</span>
            {item.note && <span className={styles.note}>{item.note}</span>}
          </button>
        ))}
      </div>
    </>
  );
}

const itemsOf = (menu: Element): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role="menuitem"]'),
];

/** Below the button, right edges aligned, kept inside the window. */
function place(popover: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth, offsetHeight } = popover;
  const left = Math.max(8, Math.min(anchor.right - offsetWidth, innerWidth - offsetWidth - 8));
  const below = anchor.bottom + 4;
  const fits = below + offsetHeight <= innerHeight - 8;
  popover.style.left = `${left}px`;
  popover.style.top = `${fits ? below : Math.max(8, anchor.top - offsetHeight - 4)}px`;
}

function walk(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  const items = itemsOf(event.currentTarget);
  const now = items.findIndex((item) => item === document.activeElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (now + 1) % items.length,
    ArrowUp: (now - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[event.key];
  if (target !== undefined) items[target]?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close();
  else return;
  event.preventDefault();
}
