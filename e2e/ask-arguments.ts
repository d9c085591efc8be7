import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { DialogSettings } from './app.ts';

export const USAGE =
  'Usage: npm run ask -- [--base-url U --model M --sub-model M --method X --max-turns N ' +
  '--max-depth N --max-sub-calls N --parallel N --budget USD --profile P --overflow refuse|truncate --out run.jsonl] ' +
  '--question "…" FILE…\n' +
  'The key is read from OPENAI_API_KEY; with neither a key nor --base-url the offline demo answers.\n';

export interface AskArguments {
  readonly question: string;
  readonly files: readonly string[];
  readonly out: string | null;
  readonly settings: DialogSettings;
}

/** What was typed is not a question that can be asked; the message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line of `npm run ask`.
 * @param key what OPENAI_API_KEY holds, '' for nothing.
 * @throws UsageError
 */
export function readAskArguments(args: readonly string[], key: string): AskArguments {
  const { values, positionals } = parse(args);
  const question = values.question?.trim() ?? '';
  if (question === '') throw new UsageError('--question is missing.');
  if (positionals.length === 0) throw new UsageError('Name at least one FILE to ask about.');
  for (const file of positionals) {
    if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
    if (!statSync(file).isFile()) throw new UsageError(`${file} is not a file.`);
  }
  const numbers = {
    maxTurns: whole('--max-turns', values['max-turns'], 1),
    maxDepth: whole('--max-depth', values['max-depth'], 0),
    maxSubCalls: whole('--max-sub-calls', values['max-sub-calls'], 0),
    parallelSubCalls: whole('--parallel', values.parallel, 1),
    budgetUsd: amount('--budget', values.budget),
  };
  const { method, profile } = values;
  const overflow = overflowOf(values.overflow, method);
  return {
    question,
    files: positionals,
    out: values.out ?? null,
    settings: {
      ...modelSettings(values, key),
      ...(method === undefined ? {} : { method }),
      ...(profile === undefined ? {} : { profile }),
      ...(overflow === undefined ? {} : { overflow }),
      // Nobody is there to be asked.
      askAbove: 0,
      ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'base-url': { type: 'string' },
        model: { type: 'string' },
        'sub-model': { type: 'string' },
        method: { type: 'string' },
        'max-turns': { type: 'string' },
        'max-depth': { type: 'string' },
        'max-sub-calls': { type: 'string' },
        parallel: { type: 'string' },
        budget: { type: 'string' },
        profile: { type: 'string' },
        overflow: { type: 'string' },
        question: { type: 'string' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

interface ModelArguments {
  readonly 'base-url'?: string | undefined;
  readonly model?: string | undefined;
  readonly 'sub-model'?: string | undefined;
}

/** An endpoint where one is named or a key is there; else the offline demo. */
function modelSettings(values: ModelArguments, key: string): DialogSettings {
  const baseUrl = values['base-url'];
  const { model } = values;
  if (baseUrl === undefined && key === '') {
    if (model !== undefined) {
      throw new UsageError('--model needs a key in OPENAI_API_KEY, or a --base-url that asks for none.');
    }
    return { provider: 'Offline demo' };
  }
  if (model === undefined) {
    throw new UsageError('--model is missing: name the model that the endpoint should run.');
  }
  const url = baseUrl ?? 'https://api.openai.com/v1';
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`--base-url ${url} is not an http(s) address.`);
  return {
    provider: 'OpenAI-compatible',
    baseUrl: url,
    rootModel: model,
    subModel: values['sub-model'] ?? model,
    ...(key === '' ? {} : { key }),
  };
}

function overflowOf(text: string | undefined, method: string | undefined): 'refuse' | 'truncate' | undefined {
  if (text === undefined) return undefined;
  if (text !== 'refuse' && text !== 'truncate') {
    throw new UsageError(`--overflow takes refuse or truncate, not ${text}.`);
  }
  if (method === undefined || !IN_THE_PROMPT.includes(method)) {
    throw new UsageError(`--overflow goes with --method ${IN_THE_PROMPT.join(', ')}: no other sends the whole context.`);
  }
  return text;
}

/** Methods that put the context itself into a message. */
const IN_THE_PROMPT: readonly string[] = ['base', 'codeact', 'codeact-subcalls'];

function whole(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least) {
    throw new UsageError(`${name} takes a whole number of at least ${least}, not ${text}.`);
  }
  return value;
}

function amount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new UsageError(`${name} takes an amount in USD, not ${text}.`);
  }
  return value;
}
