/** Entry of a worker that extracts text, or draws pages: libraries of file formats run in here only. */
import { serveExtract } from './host/extract-host.ts';

serveExtract(self);
