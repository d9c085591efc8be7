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
import { BROWSER_PROVIDER, PROVIDERS } from './models/providers.ts';
import { createAlertsStore } from './state/alerts-store.ts';
import type { App as AppServices } from './state/app.ts';
import { createAutomation } from './state/automation.ts';
import { createCommands } from './state/create-commands.ts';
import { createDeskStore } from './state/desk-store.ts';
import { createKeptStore } from './state/kept-store.ts';
import { createLibraryStore } from './state/library-store.ts';
import { onNextFrame } from './state/next-frame.ts';
import { checkPageModel, servePageModel } from './state/page-model.ts';
import { createRunsStore } from './state/runs-store.ts';
import { createSettingsStore } from './state/settings-store.ts';
import { createSourceStore } from './state/source-store.ts';
import { createSurveyStore } from './state/survey-store.ts';
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
  survey: createSurveyStore(),
  source: createSourceStore(),
};

const browserModel = window.LanguageModel;
const isUserActive = () => navigator.userActivation.isActive;
// What is sent along and what things cost is the worker's business.
const providers = PROVIDERS.filter(({ id }) => id !== BROWSER_PROVIDER || browserModel).map(
  ({ id, label, baseUrl, rootModel, subModel, models, key, notes, help }) => ({
    id,
    label,
    baseUrl,
    rootModel,
    subModel,
    models,
    key,
    notes,
    help,
  }),
);
const samples = SAMPLES.map(({ id, title, description, question, tokens }) => ({
  id,
  title,
  description,
  question,
  tokens,
}));

const engine = connect<EngineMethods, never, EngineNotice>(engineWorker);
servePageModel({ engine, api: browserModel, isUserActive });

const commands = createCommands({
  ...stores,
  samples,
  engine,
  documents: connect<DocumentMethods, never, DocumentNotice>(documentsWorker),
  appVersion: `matryoshka@${version}`,
  checkBrowserModel: () => checkPageModel(browserModel, isUserActive, () => performance.now()),
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
