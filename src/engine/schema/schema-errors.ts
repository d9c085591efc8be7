import type { OutputUnit } from '@cfworker/json-schema';

/** Keywords whose unit only says that something below it failed, which follows. */
const WRAPPERS = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'items',
  'prefixItems',
  'additionalItems',
  'unevaluatedItems',
  'allOf',
  'if',
  'dependentSchemas',
]);
/** Characters of one error: an enumeration may be long. */
const MOST_CHARS = 300;

/**
 * A validator's errors in words, each with the place in the value it speaks of.
 */
export function schemaErrors(units: readonly OutputUnit[]): string[] {
  const telling = units.filter(({ keyword }) => !WRAPPERS.has(keyword));
  const lines = (telling.length > 0 ? telling : units).map((unit) => `${pathOf(unit.instanceLocation)}: ${words(unit)}`);
  return [...new Set(lines)];
}

function words({ keyword, error }: OutputUnit): string {
  const text = keyword === 'false' ? 'is not allowed here' : WORDS.reduce((said, [from, to]) => said.replace(from, to), error);
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS)}…` : text;
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Instance type "(.*?)" is invalid\. Expected "(.*)"\.$/, 'is of type $1, and must be $2'],
  [/", "/g, ' or '],
  [/^Instance does not have required property "(.*)"\.$/s, 'has no property "$1", which is required'],
  [/^Instance does not match any of (.*)\.$/s, 'must be one of $1'],
  [/^Instance does not match any subschemas\.$/, 'matches none of the alternatives (anyOf)'],
  [/^Instance does not match exactly one subschema \((\d+) matches\)\.$/, 'must match exactly one of the alternatives (oneOf), and matches $1'],
  [/^Instance matched "not" schema\.$/, 'is what it must not be (not)'],
  [/^Instance does not match (.*)\.$/s, 'must be $1'],
  [/^String does not match pattern\.?$/, 'does not match the pattern'],
  [/^String does not match format (.*)\.$/, 'is not of the format $1'],
  [/^(Instance|Array|String) /, 'the value: '],
  [/\.$/, ''],
];

/** `#/rows/3/a~1b` as `$.rows[3]["a/b"]`. */
function pathOf(location: string): string {
  const names = location.split('/').slice(1).map(unescape);
  return `$${names.map(step).join('')}`;
}

function step(name: string): string {
  if (/^\d+$/.test(name)) return `[${name}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function unescape(name: string): string {
  let decoded = name;
  try {
    decoded = decodeURI(name).replaceAll('%23', '#');
  } catch {
    // A lone surrogate, say: shown as it came.
  }
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}
