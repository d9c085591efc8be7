import type { PageRequest, PageView } from '../protocol.ts';
import { RemoteError } from '../rpc.ts';
import { createLanes } from './lanes.ts';
import { type After, ExtractThread, realAfter, type ThreadWorker } from './extract-thread.ts';

/** Draws pages, in a worker of its own that keeps the last document open. */
export interface PageDrawer {
  /** @throws Error with a sentence. */
  draw(request: PageRequest): Promise<PageView>;
  /** Ends the worker; pages that are being drawn reject. */
  close(): void;
}

export function createPageDrawer(spawn: () => ThreadWorker, after: After = realAfter): PageDrawer {
  let thread: ExtractThread | null = null;
  let open = new AbortController();
  let lanes = createLanes(1);

  return {
    draw(request) {
      const { signal } = open;
      const { name } = request.document.info;
      return lanes.run(async () => {
        if (thread === null || thread.isOver) thread = new ExtractThread(spawn, after);
        try {
          return await thread.ask('page', request, { signal });
        } catch (reason) {
          if (signal.aborted || (reason instanceof RemoteError && reason.name === 'UnreadableFile')) throw reason;
          throw new Error(`Page ${request.page} of “${name}” could not be drawn: read its text instead.`, { cause: reason });
        }
      }, signal);
    },
    close() {
      open.abort();
      thread?.end(new DOMException('The pages were closed.', 'AbortError'));
      thread = null;
      open = new AbortController();
      lanes = createLanes(1);
    },
  };
}
