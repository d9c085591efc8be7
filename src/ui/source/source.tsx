import { lazy, Suspense, useEffect } from 'react';
import { useApp, useLibrary, useSource } from '../app-context.tsx';

const load = async () => ({ default: (await import('./source-panel.tsx')).SourcePanel });
const SourcePanel = lazy(load);

/** The document that is open to be read, over the right side of the page. */
export function Source() {
  const { source } = useApp();
  const view = useSource((state) => state.view);
  const item = useLibrary(({ items }) =>
    items.find((one) => one.status === 'ready' && one.document.info.id === view?.document),
  );
  const hasDocuments = useLibrary(({ items }) => items.some(({ status }) => status === 'ready'));
  useEffect(() => {
    // No part of the first load; but it is here when a document is opened.
    if (hasDocuments) void load();
  }, [hasDocuments]);
  useEffect(() => {
    if (view && !item) source.setState({ view: null });
  }, [view, item, source]);

  if (!view || item?.status !== 'ready') return null;
  return (
    <Suspense fallback={null}>
      <SourcePanel key={view.document} document={item.document} view={view} />
    </Suspense>
  );
}
