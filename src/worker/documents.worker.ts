/** Entry of the documents worker: reads dropped files and writes samples, off the page's thread. */
import { serveDocuments } from './host/documents-host.ts';
import { workersFor } from './host/extract-pool.ts';

serveDocuments(self, {
  spawn: () => new Worker(new URL('./extract.worker.ts', import.meta.url), { type: 'module', name: 'extract' }),
  extractors: workersFor(navigator.hardwareConcurrency),
  fetch: fetch.bind(self),
});
