import { ChevronsUpDown } from 'lucide-react';
import type { InputHTMLAttributes, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { useRef } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import styles from './inputs.module.css';

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Shown as dots; stays a text field, so that it keeps its role and no password store grabs it. */
  readonly masked?: boolean;
}

export const TextInput = ({ masked = false, className, ...rest }: TextInputProps) => (
  <input
    type="text"
    autoComplete="off"
    autoCapitalize="off"
    spellCheck={false}
    className={classes(styles.input, styles.code, masked && styles.masked, className)}
    {...rest}
  />
);

/** Code or a template, over several lines. */
export const TextArea = ({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) => (
  <textarea
    autoComplete="off"
    autoCapitalize="off"
    spellCheck={false}
    className={classes(styles.input, styles.code, styles.area, className)}
    {...rest}
  />
);

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export const Select = ({ options, className, ...rest }: SelectProps) => (
  <span className={classes(styles.wrap, className)}>
    <select className={styles.input} {...rest}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
    <Icon of={ChevronsUpDown} size={14} />
  </span>
);

interface NumberInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  readonly onText: (text: string) => void;
}

/** A number as typed, with a stepper for the pointer; arrow keys step it too. */
export function NumberInput({ onText, className, ...rest }: NumberInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const step = (way: 'stepUp' | 'stepDown') => {
    if (!input.current) return;
    input.current[way]();
    onText(input.current.value);
  };
  return (
    <span className={classes(styles.wrap, className)}>
      <input
        ref={input}
        type="number"
        inputMode="decimal"
        autoComplete="off"
        className={classes(styles.input, styles.number)}
        onChange={(event) => onText(event.target.value)}
        {...rest}
      />
      <Icon of={ChevronsUpDown} size={14} />
      <span className={styles.steps} aria-hidden="true">
        <button type="button" tabIndex={-1} aria-label="More" onClick={() => step('stepUp')} />
        <button type="button" tabIndex={-1} aria-label="Less" onClick={() => step('stepDown')} />
      </span>
    </span>
  );
}

interface CheckboxProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
}

export const Checkbox = ({ label, ...rest }: CheckboxProps) => (
  <label className={styles.check}>
    <input type="checkbox" className={styles.box} {...rest} />
    {label}
  </label>
);
