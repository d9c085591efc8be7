/** A number as people and models read it. */
export function figure(value: number): string {
  return value.toLocaleString('en');
}

/** A number with its noun, in the plural where it is not one. */
export function count(value: number, noun: string): string {
  return `${figure(value)} ${noun}${value === 1 ? '' : 's'}`;
}
