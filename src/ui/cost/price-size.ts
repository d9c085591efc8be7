/** How large a price is set: the longer it and its limit are, the smaller, for both share one narrow column. */
export function priceSize(value: string, limit: string | null): 'whole' | 'long' | 'longest' {
  const chars = value.length + (limit === null ? 0 : ` / ${limit}`.length);
  if (chars <= '$0.00 / 10.00'.length) return 'whole';
  return chars <= '$0.0022 / 10.00'.length ? 'long' : 'longest';
}
