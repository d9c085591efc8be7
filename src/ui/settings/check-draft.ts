import type { ProviderInfo } from '../../state/app.ts';
import type { Preferences } from '../../state/settings-store.ts';
import type { OwnPrice, RunSettings } from '../../trajectory/settings.ts';
import { checkSchema } from './answer-schema.ts';
import { checkBaseUrl } from './check-base-url.ts';
import { BOUNDS, checkNumber, type NumberField } from './draft-numbers.ts';
import { hasEndpoint, UNSAID, type SettingsDraft } from './settings-draft.ts';

/** A sentence for each field that cannot be saved as it is. */
export type Problems = Partial<Readonly<Record<keyof SettingsDraft, string>>>;

export interface CheckedDraft {
  /** What the draft says; a number or a schema with a problem is as it was before, a price then unsaid. */
  readonly preferences: Preferences;
  readonly problems: Problems;
}

/** The draft as preferences, and what is wrong with it. `before` keeps what the dialog does not show. */
export function checkDraft(draft: SettingsDraft, before: Preferences, provider: ProviderInfo | undefined): CheckedDraft {
  const problems: Partial<Record<keyof SettingsDraft, string>> = {};
  const number = (field: NumberField, otherwise: number): number => {
    const result = checkNumber(draft[field], BOUNDS[field]);
    if (typeof result === 'number') return result;
    problems[field] = result;
    return otherwise;
  };
  const price = (input: NumberField, cached: NumberField, output: NumberField): OwnPrice | undefined => {
    if ([input, cached, output].every((field) => draft[field].trim() === '')) return undefined;
    const said = { input: number(input, Number.NaN), output: number(output, Number.NaN) };
    const whole = draft[cached].trim() === '' ? said : { ...said, cachedInput: number(cached, Number.NaN) };
    return Object.values(whole).some(Number.isNaN) ? undefined : whole;
  };

  const endpoint = checkEndpoint(draft, provider, problems);
  const typedSchema = draft.answerSchema.trim();
  const schemaProblem = checkSchema(typedSchema).problem;
  if (schemaProblem !== null) problems.answerSchema = schemaProblem;
  const prices = {
    root: price('rootInput', 'rootCached', 'rootOutput'),
    sub: price('subInput', 'subCached', 'subOutput'),
  };
  const { run: was } = before;
  const schema = schemaProblem === null ? typedSchema : (was.answerSchema ?? '');
  const askAbove = number('askAbove', was.askAbove ?? UNSAID.askAbove);
  const prompts = Object.fromEntries(Object.entries(draft.systemPrompts).filter(([, text]) => text.trim() !== ''));
  const run: RunSettings = {
    ...withoutChoices(was),
    ...endpoint,
    provider: draft.provider,
    maxTurns: number('maxTurns', was.maxTurns),
    maxDepth: number('maxDepth', was.maxDepth),
    parallelSubCalls: number('parallelSubCalls', was.parallelSubCalls),
    maxSubCalls: number('maxSubCalls', was.maxSubCalls),
    budgetUsd: number('budgetUsd', was.budgetUsd),
    maxSeconds: seconds(number('maxMinutes', was.maxSeconds / 60)),
    cellCpuSeconds: number('cellCpuSeconds', was.cellCpuSeconds),
    replMemoryMb: number('replMemoryMb', was.replMemoryMb),
    // What is as it would be unsaid stays unsaid: logs then say only what the person chose.
    ...(draft.profile !== UNSAID.profile && { profile: draft.profile }),
    ...(Object.keys(prompts).length > 0 && { systemPrompts: prompts }),
    ...(draft.rootBy !== UNSAID.rootBy && { rootBy: draft.rootBy }),
    ...(draft.windowTokens.trim() !== '' && { windowTokens: number('windowTokens', BOUNDS.windowTokens.min) }),
    ...(draft.overflow !== UNSAID.overflow && { overflow: draft.overflow }),
    ...((prices.root ?? prices.sub) && { prices: definedOnly(prices) }),
    ...(draft.reuse !== UNSAID.reuse && { reuse: draft.reuse }),
    ...(askAbove !== UNSAID.askAbove && { askAbove }),
    ...(schema !== '' && { answerSchema: schema }),
  };
  const { method, theme } = draft;
  return { preferences: { ...before, method, theme, run }, problems };
}

/** Address and models; those of a provider without an address are its own. */
function checkEndpoint(
  draft: SettingsDraft,
  provider: ProviderInfo | undefined,
  problems: Partial<Record<keyof SettingsDraft, string>>,
): Pick<RunSettings, 'baseUrl' | 'rootModel' | 'subModel'> {
  if (!hasEndpoint(provider)) {
    return { baseUrl: '', rootModel: provider?.rootModel ?? '', subModel: provider?.subModel ?? '' };
  }
  const baseUrl = draft.baseUrl.trim().replace(/\/+$/, '');
  const urlProblem = checkBaseUrl(baseUrl);
  if (urlProblem !== null) problems.baseUrl = urlProblem;
  const rootModel = draft.rootModel.trim();
  if (rootModel === '') problems.rootModel = 'Name the model that answers.';
  return { baseUrl, rootModel, subModel: draft.subModel.trim() || rootModel };
}

/** A run's settings without those that the dialog may leave unsaid. */
function withoutChoices(run: RunSettings): RunSettings {
  const { profile, systemPrompts, rootBy, windowTokens, overflow, prices, reuse, askAbove, answerSchema, ...rest } = run;
  return rest;
}

const definedOnly = <T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>; // entries that are undefined are gone
  };

const seconds = (minutes: number): number => Number((minutes * 60).toFixed(3));
