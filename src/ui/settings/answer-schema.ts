import { plural } from '../../base/format.ts';

/** What a typed JSON Schema is: at most one of the two is a sentence. */
export interface SchemaCheck {
  /** Why it cannot be used. */
  readonly problem: string | null;
  /** What it asks for, as far as that can be said in a line; null where there is none. */
  readonly summary: string | null;
}

/** Whether `text` is a JSON object, as a JSON Schema must be. The engine checks the rest. */
export function checkSchema(text: string): SchemaCheck {
  if (text.trim() === '') return { problem: null, summary: null };
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}.`, summary: null };
  }
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    return { problem: 'A JSON Schema is an object: it begins with { and ends with }.', summary: null };
  }
  return { problem: null, summary: `Valid JSON: ${describe(schema)}.` };
}

function describe(schema: object): string {
  const type = 'type' in schema && typeof schema.type === 'string' ? schema.type : null;
  if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null) {
    return `${type ?? 'object'} with ${plural(Object.keys(schema.properties).length, 'property', 'properties')}`;
  }
  return type === null ? 'an object' : `an answer of type ${type}`;
}
