import { useEffect, useState } from 'react';
import { useApp, useLibrary, useSource } from '../app-context.tsx';

type Code = Pick<typeof import('./source-panel.tsx'), 'SourcePanel'>;

/** The document that is open to be read, over the right side of the page. */
export function Source() {
  const { source } = useApp();
  const view = useSource((state) => state.view);
  const item = useLibrary(({ items }) =>
    items.find((one) => one.status === 'ready' && one.document.info.id === view?.document),
  );
  const hasDocuments = useLibrary(({ items }) => items.some(({ status }) => status === 'ready'));
  const code = usePanelCode(hasDocuments);
  useEffect(() => {
    if (view && !item) source.setState({ view: null });
  }, [view, item, source]);

  if (!code || !view || item?.status !== 'ready') return null;
  return <code.SourcePanel key={view.document} document={item.document} view={view} />;
}

/**
 * The panel's code: no part of the first load, but here when a document is opened. Not `lazy`, which
 * shows nothing for 300 ms at the first opening even where the code is here already: React spares
 * people a flicker between what stands in for something and the thing itself.
 */
function usePanelCode(wanted: boolean): Code | null {
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    if (!wanted) return;
    import('./source-panel.tsx').then(
      (loaded) => setCode(loaded),
      (reason: unknown) =>
        // Thrown where React tells of it, as that of `lazy` is.
        setCode(() => {
          throw reason;
        }),
    );
  }, [wanted]);
  return code;
}
