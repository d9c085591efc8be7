/** The option with this value, as its own type; `now` where there is none. */
export function chosen<T extends string>(options: readonly { readonly value: T }[], value: string, now: T): T {
  return options.find((option) => option.value === value)?.value ?? now;
}
