/** Entry of the engine's worker: runs, model clients, and the keys they need. */
import { forgetKey, forgetKeys, loadKey, saveKey } from '../storage/keys.ts';
import { serveEngine } from './host/engine-host.ts';
import { createClock } from './host/real-clock.ts';
import { permissionState } from './host/permission-state.ts';
import { createRunModel } from './host/run-model.ts';
import { compiledQuickJs } from './compiled-quickjs.ts';
import { createWorkerRepl } from './repl-client.ts';

serveEngine(self, {
  keys: { loadKey, saveKey, forgetKey, forgetKeys },
  createModel: createRunModel,
  createRepl: (documents) =>
    createWorkerRepl({
      spawn: () => new Worker(new URL('./repl.worker.ts', import.meta.url), { type: 'module', name: 'repl' }),
      documents,
      wasm: compiledQuickJs,
    }),
  checkConnection: async (baseUrl, key, provider) => {
    const { checkConnection } = await import('../models/connection.ts');
    return checkConnection({
      baseUrl,
      key,
      ...(provider !== undefined && { provider }),
      fetch: fetch.bind(self),
      origin: self.location.origin,
      permission: permissionState,
    });
  },
  createClock,
});
