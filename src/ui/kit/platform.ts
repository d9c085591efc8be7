/** True on Apple systems, where the command key is the modifier. */
export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as it is written on this system: `⌘.` or `Ctrl+.`. */
export const shortcut = (key: string): string => (isApple() ? `⌘${key}` : `Ctrl+${key}`);

/** True while the modifier of shortcuts is held. */
export const hasMod = (event: { metaKey: boolean; ctrlKey: boolean }): boolean =>
  isApple() ? event.metaKey : event.ctrlKey;
