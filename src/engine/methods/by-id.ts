import type { MethodId } from '../../trajectory/methods.ts';
import type { Method } from '../run.ts';
import { base } from './base.ts';
import { codeact } from './codeact.ts';
import { compaction } from './compaction.ts';
import { rlm } from './rlm.ts';

/** Every way of answering, by the id that people choose it by. */
export const METHOD_BY_ID: Readonly<Record<MethodId, Method>> = {
  rlm: { answer: rlm },
  // The ablation of the paper: the same loop, and a prompt and a guest without queries.
  'rlm-no-subcalls': { answer: rlm, settings: (settings) => ({ ...settings, maxDepth: 0 }) },
  base,
  codeact: codeact('alone'),
  'codeact-bm25': codeact('search'),
  'codeact-subcalls': codeact('sub-calls'),
  compaction,
};
