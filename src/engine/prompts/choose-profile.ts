import type { RunSettings } from '../../trajectory/settings.ts';
import type { Reach } from './names.ts';
import { PROFILES, profileOf, type Profile, type ProfileId } from './profiles.ts';

/** What decided: the calls that the call may make, the person, or the model's name or window. */
export interface ChosenProfile {
  readonly profile: Profile;
  readonly by: 'structure' | 'person' | 'model';
}

/** Windows up to this many tokens are small. */
const SMALL_WINDOW_TOKENS = 40_000;
/** Models up to this many thousand million parameters are treated as having a small window. */
const SMALL_PARAMETERS = 9;

/** The offline model answers by rules, whatever its prompt says. */
const OFFLINE = 'offline-demo';

/** Names in lower case of small models that do not tell their size. */
const SMALL: readonly RegExp[] = [
  /(?:^|[/:_-])phi-?\d/,
  /gemma-?3n|(?:^|[/:_-])e[24]b\b|tinyllama|smollm/,
  // Without a size, as Ollama has them, these stand for the 3B and 8B models.
  /(?:^|\/)llama-?3(?:\.[0-2])?(?::latest)?$/,
];

/** Those of models that ask a question a line when they are not held back (the paper's E.3). */
const EAGER: readonly RegExp[] = [/qwen[\d.]*-?coder/];

/**
 * The profile of a call's system prompt. What the call can do comes first: no profile speaks of
 * sub-calls where there are none, or of children where there are none. Then the person's choice;
 * then the model's window and name; then the depth.
 * @param listedTokens The model's window as a list knows it, in tokens; null where none does.
 */
export function chooseProfile(
  settings: RunSettings,
  model: string,
  reach: Reach,
  listedTokens: number | null = null,
): ChosenProfile {
  if (reach === 'none') return { profile: profileOf('no-sub-calls'), by: 'structure' };
  const chosen = PROFILES.find(({ id }) => id === settings.profile);
  if (chosen && (chosen.only !== 'recursive' || reach === 'recursive')) return { profile: chosen, by: 'person' };
  const saidTokens = model === settings.rootModel ? (settings.windowTokens ?? null) : null;
  const byModel = profileByModel(model.toLowerCase(), saidTokens, listedTokens);
  if (byModel !== null) return { profile: profileOf(byModel), by: 'model' };
  return { profile: profileOf(reach === 'recursive' ? 'recursive' : 'default'), by: 'structure' };
}

/** What the window and the name ask for; the window that the person says outweighs the name's size. */
function profileByModel(name: string, saidTokens: number | null, listedTokens: number | null): ProfileId | null {
  if (name === OFFLINE) return null;
  const tokens = saidTokens ?? listedTokens ?? Infinity;
  if (tokens <= SMALL_WINDOW_TOKENS) return 'small-window';
  if (saidTokens === null && (parametersOf(name) <= SMALL_PARAMETERS || SMALL.some((pattern) => pattern.test(name)))) {
    return 'small-window';
  }
  return EAGER.some((pattern) => pattern.test(name)) ? 'batching' : null;
}

/** The size in a name such as `llama-3.1-8b`, in thousand millions; `a3b` and `8x7b` are parts of larger ones. */
function parametersOf(name: string): number {
  const sizes = [...name.matchAll(/(?<![a-z\d.])(\d+(?:\.\d+)?)b(?![a-z])/g)].map(([, size]) => Number(size));
  return Math.max(...sizes, 0) || Infinity;
}
