import { dereference, type Schema } from '@cfworker/json-schema';
import { isSlowPattern } from './slow-pattern.ts';

type Subschema = Schema | boolean;

const TYPES = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);
/** Keywords whose schemas look at the same value again: those that refer to each other by them never end. */
const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf'] as const;
const IN_PLACE = ['not', 'if', 'then', 'else'] as const;
/** Characters of one pattern. */
const MOST_PATTERN = 500;
/** Schemas that one value may be held against: a few that refer to each other twice double with each step. */
const MOST_STEPS = 10_000;

/**
 * What is wrong with a schema, in words, before any value is held against it; null where it can be used.
 */
export function faultOf(schema: Subschema): string | null {
  let lookup: Readonly<Record<string, Subschema>>;
  try {
    lookup = dereference(schema);
  } catch (error) {
    return `it names a part that is not there (${error instanceof Error ? error.message : String(error)})`;
  }
  const parts = Object.values(lookup).filter((part): part is Schema => typeof part === 'object');
  for (const part of parts) {
    const fault = faultOfPart(part, lookup);
    if (fault !== null) return fault;
  }
  return stepsOf(schema, lookup) > MOST_STEPS ? 'its parts refer to each other without an end, or too many times' : null;
}

function faultOfPart(part: Schema, lookup: Readonly<Record<string, Subschema>>): string | null {
  const { $ref, __absolute_ref__: target, type, required, enum: values, pattern, patternProperties, properties } = part;
  if ('$dynamicRef' in part || '$recursiveRef' in part) return 'it uses $dynamicRef or $recursiveRef: write $ref';
  if ($ref !== undefined && lookup[target ?? ''] === undefined) return `its $ref ${JSON.stringify($ref)} leads nowhere`;
  const types: readonly unknown[] = type === undefined ? [] : [type].flat();
  const strange = types.find((name) => typeof name !== 'string' || !TYPES.has(name));
  if (strange !== undefined) return `${JSON.stringify(strange)} is no type: use ${[...TYPES].join(', ')}`;
  if (required !== undefined && !Array.isArray(required) && typeof required !== 'boolean') return 'its "required" must be an array of names';
  if (values !== undefined && !Array.isArray(values)) return 'its "enum" must be an array of values';
  for (const map of [properties, patternProperties]) {
    if (map !== undefined && (typeof map !== 'object' || map === null || Array.isArray(map))) {
      return 'its "properties" must be an object with a schema for each name';
    }
  }
  for (const list of IN_PLACE_LISTS) {
    if (part[list] !== undefined && !Array.isArray(part[list])) return `its ${JSON.stringify(list)} must be an array of schemas`;
  }
  for (const source of [...(pattern === undefined ? [] : [pattern]), ...Object.keys(patternProperties ?? {})]) {
    const fault = faultOfPattern(source);
    if (fault !== null) return fault;
  }
  return null;
}

function faultOfPattern(source: unknown): string | null {
  const shown = JSON.stringify(source);
  if (typeof source !== 'string') return `its pattern ${shown} is no text`;
  if (source.length > MOST_PATTERN) return `one of its patterns has more than ${MOST_PATTERN} characters`;
  try {
    void new RegExp(source, 'u');
    if (!isSlowPattern(source)) return null;
    return `its pattern ${shown} repeats a repetition, which could take for ever: write it without one inside the other`;
  } catch (error) {
    return `its pattern ${shown} is no regular expression (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** How many schemas one value is held against from `schema` on, at most; Infinity where that never ends. */
function stepsOf(schema: Subschema, lookup: Readonly<Record<string, Subschema>>): number {
  const known = new Map<Schema, number>();
  const steps = (part: unknown): number => {
    if (typeof part !== 'object' || part === null) return 1;
    const found = known.get(part);
    if (found !== undefined) return found;
    // Met again while it is being counted: a circle.
    known.set(part, Infinity);
    const { $ref, __absolute_ref__: target }: Schema = part;
    const inner: unknown[] = $ref === undefined ? [] : [lookup[target ?? '']];
    for (const name of IN_PLACE) inner.push((part as Schema)[name]);
    for (const name of IN_PLACE_LISTS) inner.push(...((part as Schema)[name] ?? []));
    inner.push(...Object.values((part as Schema).dependentSchemas ?? {}));
    const sum = inner.reduce((total: number, one) => total + (one === undefined ? 0 : steps(one)), 1);
    known.set(part, sum);
    return sum;
  };
  return Math.max(steps(schema), ...Object.values(lookup).map(steps));
}
