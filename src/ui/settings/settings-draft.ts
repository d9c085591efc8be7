import type { ProviderInfo } from '../../state/app.ts';
import type { Preferences, Theme } from '../../state/settings-store.ts';
import type { RunSettings } from '../../trajectory/settings.ts';

/** Where models are and which. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly rootModel: string;
  readonly subModel: string;
}

/** The dialog's fields as they are typed: numbers are text until they are checked. */
export interface SettingsDraft extends Endpoint {
  readonly provider: string;
  /** What stood in the fields of an endpoint when another provider was chosen, by provider. */
  readonly elsewhere: Readonly<Record<string, Endpoint>>;
  /** Null where the person did not touch the field. */
  readonly key: string | null;
  /** Null while the person has not decided: then as the device has it. */
  readonly remember: boolean | null;
  readonly method: string;
  readonly overflow: Overflow;
  /** Id of a prompt profile, or `auto`. */
  readonly profile: string;
  /** Templates that differ from the built-in ones, by profile. */
  readonly systemPrompts: Readonly<Record<string, string>>;
  readonly theme: Theme;
  readonly maxTurns: string;
  readonly maxDepth: string;
  readonly parallelSubCalls: string;
  readonly maxSubCalls: string;
  readonly budgetUsd: string;
  /** Own prices, USD for a million tokens; '' where none is said. */
  readonly rootInput: string;
  readonly rootCached: string;
  readonly rootOutput: string;
  readonly subInput: string;
  readonly subCached: string;
  readonly subOutput: string;
  /** '' for what the list says. */
  readonly windowTokens: string;
  readonly rootBy: RootBy;
  readonly reuse: Reuse;
  readonly askAbove: string;
  readonly maxMinutes: string;
  readonly cellCpuSeconds: string;
  readonly replMemoryMb: string;
  readonly answerSchema: string;
}

export type Overflow = NonNullable<RunSettings['overflow']>;
export type RootBy = NonNullable<RunSettings['rootBy']>;
export type Reuse = NonNullable<RunSettings['reuse']>;

/** Answers by rules: nothing to reach, and nothing to check. */
export const OFFLINE = 'offline';

/** Chosen by the model's name and the depth. */
export const AUTO = 'auto';

/** What holds where a run's settings say nothing. */
export const UNSAID = { profile: AUTO, overflow: 'refuse', rootBy: 'model', reuse: 'never', askAbove: 1000 } as const;

/** True for a provider that has an address; one that this version does not know is taken to. */
export const hasEndpoint = (provider: ProviderInfo | undefined): boolean => provider?.baseUrl !== null;

/** The fields that say these preferences. `provider` is the one they name. */
export function draftOf({ method, theme, run }: Preferences, provider: ProviderInfo | undefined): SettingsDraft {
  const endpoint = hasEndpoint(provider);
  const { root, sub } = run.prices ?? {};
  return {
    provider: run.provider,
    baseUrl: endpoint ? run.baseUrl : '',
    rootModel: endpoint ? run.rootModel : '',
    subModel: endpoint ? run.subModel : '',
    elsewhere: {},
    key: null,
    remember: null,
    method,
    overflow: run.overflow ?? UNSAID.overflow,
    profile: run.profile ?? UNSAID.profile,
    systemPrompts: run.systemPrompts ?? {},
    theme,
    maxTurns: String(run.maxTurns),
    maxDepth: String(run.maxDepth),
    parallelSubCalls: String(run.parallelSubCalls),
    maxSubCalls: String(run.maxSubCalls),
    budgetUsd: moneyText(run.budgetUsd),
    rootInput: optional(root?.input),
    rootCached: optional(root?.cachedInput),
    rootOutput: optional(root?.output),
    subInput: optional(sub?.input),
    subCached: optional(sub?.cachedInput),
    subOutput: optional(sub?.output),
    windowTokens: optional(run.windowTokens),
    rootBy: run.rootBy ?? UNSAID.rootBy,
    reuse: run.reuse ?? UNSAID.reuse,
    askAbove: String(run.askAbove ?? UNSAID.askAbove),
    maxMinutes: minutesText(run.maxSeconds),
    cellCpuSeconds: String(run.cellCpuSeconds),
    replMemoryMb: String(run.replMemoryMb),
    answerSchema: run.answerSchema ?? '',
  };
}

const optional = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** Cents as people write them; less than a cent keeps its digits. */
const moneyText = (usd: number): string => (Number(usd.toFixed(2)) === usd ? usd.toFixed(2) : String(usd));

/** With digits enough for milliseconds to come back. */
const minutesText = (seconds: number): string => String(Number((seconds / 60).toFixed(6)));
