import { expect, it } from 'vitest';
import type { DocumentsClient } from './app.ts';
import { createAlertsStore } from './alerts-store.ts';
import { createDocumentReader, PERSON } from './document-reader.ts';
import { createLibraryStore } from './library-store.ts';
import { createSurveyQueue } from './survey-queue.ts';
import { createSurveyStore } from './survey-store.ts';
import { settled } from './testing/desk.ts';

it('reads on in an archive without waiting for the list to be drawn', async () => {
  const asked: string[] = [];
  const entries = Array.from({ length: 20 }, (_, n) => ({ path: `${n}.txt`, bytes: 1, kind: 'text', skip: null, readable: true, chars: 1 }));
  const request = async (method: string, params: { readonly path?: string }) => {
    if (method !== 'read') return null;
    if (params.path === 'x.zip') return { kind: 'archive', path: 'x.zip', listing: { kind: 'zip', entries } };
    asked.push(params.path ?? '');
    throw new Error('It cannot be read.');
  };
  let id = 0;
  const reader = createDocumentReader(
    {
      // No frame ever comes.
      library: createLibraryStore(() => undefined),
      alerts: createAlertsStore(),
      // Only requests are made, and each is answered above.
      documents: { request } as unknown as DocumentsClient,
      newId: () => String(++id),
    },
    createSurveyQueue(createSurveyStore()),
  );
  const file = new File(['x'], 'x.zip');
  void reader.read(reader.list([{ path: 'x.zip', bytes: 1, source: { from: 'file', file }, origin: PERSON }]));
  for (let round = 0; round < 10; round++) await settled();
  expect(asked).toHaveLength(20);
});
