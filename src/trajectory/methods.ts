/** A way of answering a question, as people choose it. */
export interface MethodInfo {
  /** As `run.started.method` and `--method` name it. */
  readonly id: string;
  readonly label: string;
  /** One sentence: how it works. */
  readonly hint: string;
}

/** The methods of the paper (arXiv 2512.24601, §3 and its appendix on baselines), the RLM first. */
export const METHODS = [
  {
    id: 'rlm',
    label: 'RLM: code, sub-calls, recursion',
    hint: 'The root writes code over the documents, calls models and may call itself.',
  },
  {
    id: 'rlm-no-subcalls',
    label: 'RLM without sub-calls',
    hint: 'The root writes code over the documents and asks nobody: the ablation of the paper.',
  },
  {
    id: 'base',
    label: 'Plain model',
    hint: 'The whole context and the question in one message, as far as the model’s window goes.',
  },
  {
    id: 'codeact',
    label: 'CodeAct',
    hint: 'The context is in the prompt; the model thinks, runs code and answers in turns.',
  },
  {
    id: 'codeact-bm25',
    label: 'CodeAct with BM25 search',
    hint: 'The model sees none of the context and searches chunks of it by words.',
  },
  {
    id: 'codeact-subcalls',
    label: 'CodeAct with sub-calls',
    hint: 'As CodeAct, and its code may call other models.',
  },
  {
    id: 'compaction',
    label: 'Compaction agent',
    hint: 'Reads the context from end to end and keeps a summary of what matters when the window is full.',
  },
] as const satisfies readonly MethodInfo[];

export type MethodId = (typeof METHODS)[number]['id'];

/** True for a method whose root is an RLM: what its cells leave, another of them can go on with. */
export const isRlm = (id: string): boolean => id === 'rlm' || id === 'rlm-no-subcalls';

const WITHOUT_SUB_CALLS: ReadonlySet<string> = new Set<MethodId>(['rlm-no-subcalls', 'base', 'codeact', 'codeact-bm25']);

/** False for a method that calls no model but the root's. */
export const hasSubCalls = (id: string): boolean => !WITHOUT_SUB_CALLS.has(id);

/** True for the id of a method that this version has. */
export function isMethod(id: string): id is MethodId {
  return METHODS.some((method) => method.id === id);
}
