import type { Preferences, Theme } from '../../state/settings-store.ts';
import { DEFAULT_SETTINGS } from '../../trajectory/settings.ts';

/** The dialog's fields as they are typed: numbers are text until they are checked. */
export interface SettingsDraft {
  readonly provider: string;
  readonly baseUrl: string;
  /** Null where the person did not touch the field. */
  readonly key: string | null;
  /** Null while the person has not decided: then as the device has it. */
  readonly remember: boolean | null;
  readonly rootModel: string;
  readonly subModel: string;
  readonly method: string;
  readonly theme: Theme;
  readonly maxTurns: string;
  readonly maxDepth: string;
  readonly parallelSubCalls: string;
  readonly maxSubCalls: string;
  readonly budgetUsd: string;
}

/** A sentence for each field that cannot be saved as it is. */
export type Problems = Partial<Readonly<Record<keyof SettingsDraft, string>>>;

export const OFFLINE = 'offline';
export const OPENAI_COMPATIBLE = 'openai-compatible';

/** What most people mean by an OpenAI-compatible endpoint, where nothing was chosen before. */
const ENDPOINT = { baseUrl: 'https://api.openai.com/v1', rootModel: 'gpt-5', subModel: 'gpt-5-mini' };

export function draftOf({ method, theme, run }: Preferences): SettingsDraft {
  const offline = run.provider === OFFLINE;
  return {
    provider: run.provider,
    baseUrl: offline ? '' : run.baseUrl,
    key: null,
    remember: null,
    rootModel: offline ? '' : run.rootModel,
    subModel: offline ? '' : run.subModel,
    method,
    theme,
    maxTurns: String(run.maxTurns),
    maxDepth: String(run.maxDepth),
    parallelSubCalls: String(run.parallelSubCalls),
    maxSubCalls: String(run.maxSubCalls),
    budgetUsd: run.budgetUsd.toFixed(2),
  };
}

/** The draft with another provider: what is empty is filled with what is usual there. */
export function withProvider(draft: SettingsDraft, provider: string): SettingsDraft {
  if (provider === OFFLINE) return { ...draft, provider };
  return {
    ...draft,
    provider,
    baseUrl: draft.baseUrl || ENDPOINT.baseUrl,
    rootModel: draft.rootModel || ENDPOINT.rootModel,
    subModel: draft.subModel || ENDPOINT.subModel,
  };
}

/** Bounds of the numbers, both included, and whether they are whole. */
export const BOUNDS = {
  maxTurns: { min: 1, max: 500, whole: true },
  maxDepth: { min: 0, max: 5, whole: true },
  parallelSubCalls: { min: 1, max: 256, whole: true },
  maxSubCalls: { min: 0, max: 100_000, whole: true },
  budgetUsd: { min: 0, max: 10_000, whole: false },
} as const;
export type NumberField = keyof typeof BOUNDS;

export type Checked =
  | { readonly ok: true; readonly preferences: Preferences }
  | { readonly ok: false; readonly problems: Problems };

/** The draft as preferences, or what is wrong with it. `before` keeps what the dialog does not show. */
export function checkDraft(draft: SettingsDraft, before: Preferences): Checked {
  const problems: Partial<Record<keyof SettingsDraft, string>> = {};
  const number = (field: NumberField): number => {
    const result = checkNumber(draft[field], BOUNDS[field]);
    if (typeof result === 'number') return result;
    problems[field] = result;
    return before.run[field];
  };
  const network = draft.provider !== OFFLINE;
  const baseUrl = draft.baseUrl.trim().replace(/\/+$/, '');
  const urlProblem = network ? checkBaseUrl(baseUrl) : null;
  if (urlProblem) problems.baseUrl = urlProblem;
  if (network && draft.rootModel.trim() === '') problems.rootModel = 'Name the model that answers.';
  if (network && draft.subModel.trim() === '') problems.subModel = 'Name the model for sub-calls.';

  const preferences: Preferences = {
    method: draft.method,
    theme: draft.theme,
    keepDocuments: before.keepDocuments,
    run: {
      ...before.run,
      provider: draft.provider,
      baseUrl: network ? baseUrl : DEFAULT_SETTINGS.baseUrl,
      rootModel: network ? draft.rootModel.trim() : DEFAULT_SETTINGS.rootModel,
      subModel: network ? draft.subModel.trim() : DEFAULT_SETTINGS.subModel,
      maxTurns: number('maxTurns'),
      maxDepth: number('maxDepth'),
      parallelSubCalls: number('parallelSubCalls'),
      maxSubCalls: number('maxSubCalls'),
      budgetUsd: number('budgetUsd'),
    },
  };
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, preferences };
}

function checkNumber(text: string, { min, max, whole }: (typeof BOUNDS)[NumberField]): number | string {
  const value = Number(text.trim());
  const range = `from ${min} to ${max.toLocaleString('en')}`;
  if (text.trim() === '' || !Number.isFinite(value)) return `A number ${range}.`;
  if (whole && !Number.isInteger(value)) return `A whole number ${range}.`;
  return value < min || value > max ? `Must be ${range}.` : value;
}

/** What is wrong with a base URL, or null. Plain http is for this machine only: a key must not travel in the open. */
export function checkBaseUrl(text: string): string | null {
  if (text === '') return 'Where is the model? For example https://api.openai.com/v1';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'Not an address. It begins with https://, or http://localhost for a model on this machine.';
  }
  if (url.username !== '' || url.password !== '') return 'Leave name and password out of it. The key has its own field.';
  const local = /^(?:localhost|127\.0\.0\.1)$/.test(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && local)) return null;
  return 'It must begin with https://. Only localhost and 127.0.0.1 may use http://, because keys are sent along.';
}

/** Where the depth limit leads, in words. `depth` is text as typed. */
export function depthInWords(depth: string): string {
  const value = depth.trim() === '' ? Number.NaN : Number(depth);
  const { min, max } = BOUNDS.maxDepth;
  if (!Number.isInteger(value) || value < min || value > max) return `Levels of calls below the root, ${min} to ${max}.`;
  if (value === 0) return 'The root alone, with no sub-calls.';
  const levels = value === 1 ? 'The root and its calls.' : LEVELS[value] ?? '';
  return `${levels} At depth ${value} a question becomes one plain reply.`;
}

const LEVELS: Readonly<Record<number, string>> = {
  2: 'The root, its children, and their children.',
  3: 'The root and three levels below it.',
  4: 'The root and four levels below it.',
  5: 'The root and five levels below it.',
};
