import { OBSERVATION_CHARS } from '../../trajectory/observation.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import { chooseProfile, type ChosenProfile } from './choose-profile.ts';
import { namesOf, type Reach } from './names.ts';

/** The call that a system prompt is for. */
export interface PromptedCall {
  readonly settings: RunSettings;
  readonly model: string;
  readonly depth: number;
  /** True where the REPL holds a `history` of earlier questions. */
  readonly history: boolean;
  /** The model's window as a list knows it, in tokens; null where none does. */
  readonly listedTokens: number | null;
}

export interface SystemPrompt extends ChosenProfile {
  /** Short, and the same for every turn of the call, so that it is cached. */
  readonly text: string;
  /** What is wrong with a template that the person changed; null where nothing is. */
  readonly warning: string | null;
}

/** The system prompt of an `rlm` call: its profile's template, as the person may have changed it, filled in. */
export function systemPrompt({ settings, model, depth, history, listedTokens }: PromptedCall): SystemPrompt {
  const reach = reachOf(depth, settings);
  const chosen = chooseProfile(settings, model, reach, listedTokens);
  const { profile } = chosen;
  const changed = settings.systemPrompts?.[profile.id];
  const template = changed ?? profile.template;
  const filled = { names: namesOf(profile.only ?? reach, history), observation: OBSERVATION_CHARS.toLocaleString('en') };
  return { ...chosen, text: fill(template, filled), warning: warningOf(template) };
}

/** What a call at `depth` may ask. */
export function reachOf(depth: number, { maxDepth }: RunSettings): Reach {
  if (maxDepth === 0) return 'none';
  return depth + 1 < maxDepth ? 'recursive' : 'plain';
}

/** Puts values in place of `{{name}}`; names that are not known stay as they are. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

function warningOf(template: string): string | null {
  if (/\{\{\s*names\s*\}\}/.test(template)) return null;
  return 'This prompt has no {{names}}, so the model is not told what its REPL holds. Put {{names}} where that should stand, or reset the prompt.';
}
