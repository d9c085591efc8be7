import type { ButtonHTMLAttributes } from 'react';
import type { LucideIcon } from 'lucide-react';
import styles from './button.module.css';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `lacquer` for the one thing to do next, `plain` with a border, `quiet` without. */
  readonly kind?: 'lacquer' | 'plain' | 'quiet';
  /** 28 px in bars, 32 in forms, 44 on first visit and phone. */
  readonly size?: 'bar' | 'form' | 'large';
  readonly icon?: LucideIcon;
}

export function Button({ kind = 'plain', size = 'bar', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classes(styles.button, styles[kind], styles[size], className)} {...rest}>
      {icon && <Icon of={icon} />}
      {children}
    </button>
  );
}
