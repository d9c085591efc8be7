/**
 * The models of a menu, in order. What was typed and is no model's name narrows them down to those
 * that have it in theirs: some endpoints list hundreds.
 */
export function modelsToOffer(models: readonly string[], typed: string): readonly string[] {
  const all = [...new Set(models)].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const part = typed.trim().toLowerCase();
  if (part === '' || all.some((model) => model.toLowerCase() === part)) return all;
  const matching = all.filter((model) => model.toLowerCase().includes(part));
  return matching.length > 0 ? matching : all;
}
