/** Entry of the documents worker: reads dropped files and writes samples, off the page's thread. */
import { serveDocuments } from './host/documents-host.ts';

serveDocuments(self);
