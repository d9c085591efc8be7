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

/**
 * A custom property holds its formula; only a colour that is used is worked out. One element a colour:
 * an element whose colour changes may still tell the one before, in a transition of no length.
 */
function readPalette(): Palette {
  const probes = document.createElement('div');
  probes.append(
    ...NAMES.map((name) => {
      const probe = document.createElement('i');
      probe.style.color = `var(--${name})`;
      return probe;
    }),
  );
  document.body.append(probes);
  const colours = [...probes.children].map((probe, at) => [NAMES[at], getComputedStyle(probe).color]);
  probes.remove();
  return Object.fromEntries(colours) as Palette;
}
