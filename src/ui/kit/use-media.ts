import { useSyncExternalStore } from 'react';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}

/** A phone or a narrow window: tabs instead of panes. */
export const useIsNarrow = (): boolean => useMedia('(max-width: 900px)');

/** The person asked for less motion. */
export const useLessMotion = (): boolean => useMedia('(prefers-reduced-motion: reduce)');
