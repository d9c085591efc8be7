import type { ReplSession } from '../../repl/port.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import { firstMessage, type Earlier } from './first-message.ts';
import { systemPrompt, type SystemPrompt } from './system-prompt.ts';

export interface OpenedCall {
  readonly settings: RunSettings;
  readonly question: string;
  readonly depth: number;
  readonly model: string;
  readonly shape: Pick<ReplSession, 'documents' | 'single'>;
  /** What the runs before it leave; null where it follows none. */
  readonly earlier: Earlier | null;
  /** The model's window as a list knows it, in tokens; null where none does. */
  readonly listedTokens: number | null;
}

export interface Opening {
  readonly system: SystemPrompt;
  /** The first user message, before the line on the turn. */
  readonly body: string;
  /** Which profile was taken and why, for the log; null for the default, and where the depth alone decided. */
  readonly note: string | null;
}

/** What an `rlm` call begins with: its run and the preview of it both take it from here. */
export function openingOf({ settings, question, depth, model, shape, earlier, listedTokens }: OpenedCall): Opening {
  const history = earlier !== null && earlier.exchanges.length > 0;
  const system = systemPrompt({ settings, model, depth, history, listedTokens });
  const asked = firstMessage(question, shape.documents, shape.single, earlier);
  const schema = depth === 0 ? (settings.answerSchema ?? '').trim() : '';
  const body = schema === '' ? asked : `${asked}\n\n${schemaLines(schema)}`;
  const { profile, by } = system;
  const why = by === 'person' ? 'chosen in Settings' : `for «${model}»`;
  return { system, body, note: by === 'structure' || profile.id === 'default' ? null : `Prompt profile: ${profile.label} (${why}).` };
}

function schemaLines(schema: string): string {
  return `The answer must satisfy this JSON Schema: give FINAL a value (an object, an array, a number) that does, made in code, not a text about it.\n${schema}`;
}
