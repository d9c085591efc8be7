import type { Schema } from '@cfworker/json-schema';

/** Whose values are data, not schemas. */
const DATA = new Set(['const', 'enum', 'default', 'examples', 'required']);

/**
 * A schema without what costs more than a look at each part of a value: patterns of texts, formats and
 * items that must differ. For answers so large that those would take minutes.
 */
export function withoutSlow(schema: Schema | boolean): Schema | boolean {
  // `stripped` keeps what a schema is: an object stays one.
  return stripped(schema, false) as Schema | boolean;
}

/** @param isMap whether the keys of `value` are names of the schema's author, not keywords. */
function stripped(value: unknown, isMap: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => stripped(item, false));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => isMap || !['pattern', 'uniqueItems', 'format'].includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, !isMap && DATA.has(key) ? inner : stripped(inner, !isMap && isMapKeyword(key))]));
}

const isMapKeyword = (key: string): boolean =>
  ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies'].includes(key);
