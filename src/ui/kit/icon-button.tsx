import type { ButtonHTMLAttributes } from 'react';
import type { LucideIcon } from 'lucide-react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import styles from './icon-button.module.css';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly icon: LucideIcon;
  /** What it does, as its accessible name and tooltip: no icon stands without a name. */
  readonly label: string;
  readonly iconSize?: number;
}

export function IconButton({ icon, label, iconSize = 16, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classes(styles.button, className)}
      {...rest}
    >
      <Icon of={icon} size={iconSize} />
    </button>
  );
}
