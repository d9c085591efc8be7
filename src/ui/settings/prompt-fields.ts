const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/gu;

/** Names in double braces that a template has, each once. */
export function promptFields(template: string): readonly string[] {
  return [...new Set([...template.matchAll(FIELD)].map(([, name = '']) => name))];
}

/**
 * What a changed template will not do as the built-in one does: fields that it left out, and names
 * in double braces that nobody fills in. '' where there is nothing to say.
 */
export function fieldsInWords(builtIn: string, text: string): string {
  const [known, used] = [promptFields(builtIn), promptFields(text)];
  const left = known.filter((name) => !used.includes(name));
  const strange = used.filter((name) => !known.includes(name));
  return [
    left.length > 0 ? `Left out: ${list(left)}. The model is not told.` : '',
    strange.length > 0 ? `Nothing fills in ${list(strange)}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

const list = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ');
