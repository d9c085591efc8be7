import { rootModelOf } from '../trajectory/person.ts';
import { isMethod, type MethodId } from '../trajectory/methods.ts';
import type { Message } from '../trajectory/events.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import { createBudget } from './budget.ts';
import type { Ports, RunRequest } from './engine.ts';
import { METHOD_BY_ID } from './methods/by-id.ts';
import { codeactPrompt, searchMessage, withActLine, type Tools } from './methods/codeact-prompt.ts';
import { askedOf, contextPrompt, questionAndContext } from './methods/context-prompt.ts';
import { planTurn } from './methods/turn-replies.ts';
import { priceWithPerson } from './person.ts';
import type { TurnNotes } from './prompts.ts';
import { count } from './prompts/figures.ts';
import { openingOf } from './prompts/opening.ts';
import { shapeOf } from './read-context.ts';

export type PreviewedRun = Pick<RunRequest, 'question' | 'method' | 'settings' | 'documents'>;

export interface PromptPreview {
  /** Id of the profile; null where the method has none. */
  readonly profile: string | null;
  /** What the run would send first; empty where it is not known before the documents are read. */
  readonly messages: readonly Message[];
  /** A sentence on what is wrong with the prompt, or what of it is not shown. */
  readonly hint?: string;
}

/**
 * The first messages of a run, made by what makes those of the run itself. Where they hold the text
 * of the documents, which the engine does not have, names stand in its place and the hint says so.
 */
export function previewPrompt(
  request: PreviewedRun,
  ports: Pick<Ports, 'price' | 'windowTokens'>,
): PromptPreview {
  const { method } = request;
  if (!isMethod(method)) return { profile: null, messages: [], hint: `There is no method «${method}».` };
  const settings = METHOD_BY_ID[method].settings?.(request.settings) ?? request.settings;
  const run = { ...request, settings };
  switch (method) {
    case 'rlm':
    case 'rlm-no-subcalls':
      return previewRlm(run, ports);
    case 'codeact':
    case 'codeact-bm25':
    case 'codeact-subcalls':
      return previewCodeact(run, TOOLS[method], ports);
    case 'base': {
      const content = contextPrompt(askedOf({ request: run }), standIns(run));
      return { profile: null, messages: [{ role: 'user', content }], hint: STAND_INS };
    }
    case 'compaction':
      return { profile: null, messages: [], hint: 'This method sends the documents part by part: its prompts hold their text, and are in the log of the run.' };
  }
}

const TOOLS: Readonly<Record<Extract<MethodId, `codeact${string}`>, Tools>> = {
  codeact: 'alone',
  'codeact-bm25': 'search',
  'codeact-subcalls': 'sub-calls',
};

function previewRlm({ question, documents, settings }: PreviewedRun, ports: Pick<Ports, 'price' | 'windowTokens'>): PromptPreview {
  const model = rootModelOf(settings);
  const shape = shapeOf(documents, settings);
  const listedTokens = ports.windowTokens?.(model) ?? null;
  const { system, body } = openingOf({ settings, question, depth: 0, model, shape, earlier: null, listedTokens });
  const messages = firstTurn(settings, ports, { system: system.text, body });
  const hint = system.warning ?? (messages === null ? NO_MONEY : undefined);
  return { profile: system.profile.id, messages: messages ?? [], ...(hint !== undefined && { hint }) };
}

function previewCodeact(run: PreviewedRun, tools: Tools, ports: Pick<Ports, 'price'>): PromptPreview {
  const { question, documents, settings } = run;
  const search = tools === 'search';
  const body = search ? searchMessage(question, documents) : questionAndContext(question, standIns(run));
  const messages = firstTurn(settings, ports, { system: codeactPrompt(tools, askedOf({ request: run }).schema), body, closing: withActLine });
  const hint = messages === null ? NO_MONEY : search ? undefined : STAND_INS;
  return { profile: null, messages: messages ?? [], ...(hint !== undefined && { hint }) };
}

interface FirstTurn {
  readonly system: string;
  readonly body: string;
  readonly closing?: (body: string, notes: TurnNotes) => string;
}

/** The messages of the root's first turn, or null where the budget does not cover it. */
function firstTurn(
  settings: RunSettings,
  ports: Pick<Ports, 'price'>,
  { system, body, closing }: FirstTurn,
): readonly Message[] | null {
  const now = () => 0;
  const budget = createBudget(settings, priceWithPerson(ports.price), now, { reached: () => {}, priceUnknown: () => {} });
  const added = [{ role: 'system', content: system }] as const;
  const turn = { model: rootModelOf(settings), turn: 1, chars: 0, added, body, ...(closing && { closing }) };
  return planTurn(budget, settings, turn).sent ?? null;
}

const NO_MONEY = 'The budget does not cover the first request. Raise it in Settings.';
const STAND_INS = 'The text of the documents stands where their names are shown in brackets.';

/** In place of each text, its name and length: only the run reads it. */
function standIns({ documents }: PreviewedRun) {
  return documents.map(({ name, chars }) => ({ name, text: `[the text of ${name}, ${count(chars, 'character')}]` }));
}
