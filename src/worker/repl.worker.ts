/** Entry of the REPL's worker: runs the cells that models write, apart from the key and the log. */
import { serveRepl } from './host/repl-host.ts';

serveRepl(self);
