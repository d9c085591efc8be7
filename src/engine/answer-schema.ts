import { Validator, type Schema, type SchemaDraft } from '@cfworker/json-schema';
import type { AnswerFormat } from '../trajectory/events.ts';
import { schemaErrors } from './schema/schema-errors.ts';
import { faultOf } from './schema/schema-faults.ts';
import { withoutSlow } from './schema/without-slow.ts';

/** Characters of a schema's text. */
const MOST_CHARS = 100_000;
/** Levels of objects and arrays in a schema. */
const MOST_DEPTH = 64;
/** Errors that a model is told of at once. */
const MOST_ERRORS = 8;
/** Characters of a schema up to which it is told again with the errors. */
const MOST_TOLD = 2_000;
/** Characters of one text up to which patterns are looked for in it, and items that are compared with each other. */
const MOST_PATTERN_CHARS = 10_000;
const MOST_UNIQUE_ITEMS = 2_000;

const DRAFTS: readonly (readonly [RegExp, SchemaDraft])[] = [
  [/draft-04/, '4'],
  [/draft-0[67]/, '7'],
  [/2019-09/, '2019-09'],
  [/2020-12/, '2020-12'],
];

export type CompiledSchema =
  | {
      readonly ok: true;
      /** What is wrong with a value that JSON can tell, by place, in words; empty where nothing is. */
      check(value: unknown): readonly string[];
    }
  | { readonly ok: false; /** One sentence, for the person who wrote it. */ readonly message: string };

/**
 * A JSON Schema (drafts 4 to 2020-12, the last where it names none) ready for use, without `eval`.
 * It may come from somebody else's log: its size, depth and patterns are bounded.
 * @param text JSON.
 */
export function compileSchema(text: string): CompiledSchema {
  const refused = (why: string): CompiledSchema => ({ ok: false, message: `The answer's JSON Schema cannot be used: ${why}.` });
  if (text.length > MOST_CHARS) return refused(`it has more than ${MOST_CHARS.toLocaleString('en')} characters`);
  const schema = parsed(text);
  if (schema === undefined) return refused('it is not JSON');
  if (!isSchema(schema)) return refused('it must be an object, such as {"type": "object"}');
  if (isDeeper(schema, MOST_DEPTH)) return refused(`it is nested deeper than ${MOST_DEPTH} levels`);
  const draft = draftOf(schema);
  if (draft === null) return refused('its $schema is none of the drafts 4, 6, 7, 2019-09 and 2020-12');
  const fault = faultOf(schema);
  if (fault !== null) return refused(fault);
  const validator = validatorOf(schema, draft);
  let light: ReturnType<typeof validatorOf> | null = null;
  return {
    ok: true,
    check(value) {
      if (!isLarge(value)) return validator(value);
      light ??= validatorOf(withoutSlow(schema), draft);
      return light(value);
    },
  };
}

/**
 * What a model is told of an answer that does not satisfy the schema of the settings; null where it
 * does, or there is no schema. A schema that cannot be used lets every answer pass: that is the
 * person's to mend, not the model's (see `compileSchema`).
 * @param format of `text`; a text is judged by the JSON it is, if it is any, also inside a fence.
 */
export function checkAnswer(schemaText: string | undefined, text: string, format: AnswerFormat): string | null {
  if (schemaText === undefined || schemaText.trim() === '') return null;
  const schema = compileSchema(schemaText);
  if (!schema.ok) return null;
  const errors = schema.check(valueOf(text, format));
  // A text that reads as JSON may be meant as the text that it is: "42" where a string is asked for.
  if (errors.length === 0 || (format === 'text' && schema.check(text).length === 0)) return null;
  const shown = errors.slice(0, MOST_ERRORS).map((error) => `- ${error}`);
  if (errors.length > MOST_ERRORS) shown.push(`- and ${errors.length - MOST_ERRORS} more`);
  const told = schemaText.length <= MOST_TOLD ? `\nThe schema: ${schemaText.trim()}` : '';
  return (
    `The answer does not satisfy the JSON Schema that it must satisfy ($ is the answer):\n${shown.join('\n')}\n` +
    `Call FINAL with a value that satisfies the schema: build it as an object or array in code, and give FINAL that value, not a text of it.${told}`
  );
}

/** Why the schema of the settings cannot be used, as one sentence; null where it can, or there is none. */
export function schemaFault(schemaText: string | undefined): string | null {
  if (schemaText === undefined || schemaText.trim() === '') return null;
  const schema = compileSchema(schemaText);
  return schema.ok ? null : schema.message;
}

/** The value that an answer is judged as. */
function valueOf(text: string, format: AnswerFormat): unknown {
  if (format === 'json') return parsed(text) ?? text;
  const fenced = /^\s*```(?:json)?[^\S\n]*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1];
  return parsed(fenced ?? text) ?? text;
}

function validatorOf(schema: Schema | boolean, draft: SchemaDraft): (value: unknown) => readonly string[] {
  // To the first error and no further: an array of 100,000 wrong rows has more errors than can be held.
  const first = new Validator(schema, draft, true);
  const all = new Validator(schema, draft, false);
  return (value) => {
    try {
      const { valid, errors } = first.validate(value);
      if (valid) return [];
      return schemaErrors(allErrors(all, value) ?? errors);
    } catch (error) {
      if (error instanceof RangeError) return ['$: is nested too deep to be checked'];
      return [`$: could not be checked (${error instanceof Error ? error.message : String(error)})`];
    }
  };
}

function allErrors(validator: Validator, value: unknown) {
  try {
    return validator.validate(value).errors;
  } catch {
    return null;
  }
}

function draftOf(schema: Schema | boolean): SchemaDraft | null {
  const named: unknown = typeof schema === 'object' ? schema.$schema : undefined;
  if (named === undefined) return '2020-12';
  if (typeof named !== 'string') return null;
  return DRAFTS.find(([pattern]) => pattern.test(named))?.[1] ?? null;
}

/** undefined where `text` is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSchema(value: unknown): value is Schema | boolean {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Whether some text or array in a value is too large for checks that take more than a look at each part. */
function isLarge(value: unknown): boolean {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string' && next.length > MOST_PATTERN_CHARS) return true;
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next) && next.length > MOST_UNIQUE_ITEMS) return true;
    for (const inner of Object.values(next)) left.push(inner);
  }
  return false;
}
