import '@fontsource-variable/hanken-grotesk';
import '@fontsource-variable/inconsolata';
import '@fontsource-variable/newsreader/opsz.css';
import '@fontsource-variable/newsreader/opsz-italic.css';
import './styles/reset.css';
import './styles/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { version } from '../package.json';
import { SAMPLES } from './documents/samples/catalogue.ts';
import { PROVIDERS } from './models/providers.ts';
import { createAlertsStore } from './state/alerts-store.ts';
import type { App as AppServices } from './state/app.ts';
import { createAutomation } from './state/automation.ts';
import { createCommands } from './state/create-commands.ts';
import { createDeskStore } from './state/desk-store.ts';
import { createKeptStore } from './state/kept-store.ts';
import { createLibraryStore } from './state/library-store.ts';
import { onNextFrame } from './state/next-frame.ts';
import { createRunsStore } from './state/runs-store.ts';
import { createSettingsStore } from './state/settings-store.ts';
import { App } from './ui/app.tsx';
import type { DocumentMethods, DocumentNotice, EngineMethods, EngineNotice } from './worker/protocol.ts';
import { connect } from './worker/rpc.ts';

/** The composition root: workers, stores, commands, then the page over them. */
const engineWorker = new Worker(new URL('./worker/engine.worker.ts', import.meta.url), {
  type: 'module',
  name: 'engine',
});
const documentsWorker = new Worker(new URL('./worker/documents.worker.ts', import.meta.url), {
  type: 'module',
  name: 'documents',
});

const stores = {
  desk: createDeskStore(),
  library: createLibraryStore(onNextFrame),
  settings: createSettingsStore(localStorage),
  runs: createRunsStore(),
  alerts: createAlertsStore(),
  kept: createKeptStore(),
};

const providers = PROVIDERS.map(({ headers: _, priceProviderId: __, ...info }) => info);
const samples = SAMPLES.map(({ id, title, description, question, tokens }) => ({
  id,
  title,
  description,
  question,
  tokens,
}));

const commands = createCommands({
  ...stores,
  samples,
  engine: connect<EngineMethods, never, EngineNotice>(engineWorker),
  documents: connect<DocumentMethods, never, DocumentNotice>(documentsWorker),
  appVersion: `matryoshka@${version}`,
  now: () => Date.now(),
  newId: () => crypto.randomUUID(),
  loadKept: async () => (await import('./storage/kept.ts')).kept,
  onLeave: (listener) => {
    addEventListener('pagehide', listener);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') listener();
    });
  },
  persist: () => void navigator.storage.persist().catch(() => false),
});

const app: AppServices = { ...stores, commands, samples, providers };
window.matryoshka = createAutomation(app);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App app={app} />
  </StrictMode>,
);
