import { useEffect, useState } from 'react';

const NAMES = ['paper', 'sunk', 'card', 'ink', 'ink2', 'ink3', 'rule', 'lac', 'ochre', 'c1', 'd0', 'd1', 'd2', 'd3', 'd4'] as const;

/** The colours of the theme as a canvas takes them. */
export type Palette = Readonly<Record<(typeof NAMES)[number], string>>;

/** Colours as they are now; null until the first paint. New where the theme or the fonts change. */
export function usePalette(): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    const read = () => setPalette(readPalette());
    read();
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    // Words on a canvas do not change by themselves when their font arrives.
    document.fonts.addEventListener('loadingdone', read);
    return () => {
      for (const query of queries) query.removeEventListener('change', read);
      observer.disconnect();
      document.fonts.removeEventListener('loadingdone', read);
    };
  }, []);
  return palette;
}

/** A custom property holds its formula; only a colour that is used is worked out. */
function readPalette(): Palette {
  const probe = document.createElement('i');
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const colours = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, style.color] as const;
  });
  probe.remove();
  return Object.fromEntries(colours) as Palette;
}
