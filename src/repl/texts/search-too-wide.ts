/** A search over a text in a file that would need more of it at once than fits in memory. */
export class SearchTooWide extends Error {
  override readonly name = 'SearchTooWide';

  /** @param units of the text that were looked at, and did not do. */
  constructor(units: number) {
    super(
      `this expression can match, or look at, more than ${units.toLocaleString('en')} characters at once, which a text in a file does not allow: ` +
        'bound what repeats (such as [^]{0,1000} for [^]*), or find places with grep or indexOf and search slices around them',
    );
  }
}
