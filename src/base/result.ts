/** What came of something that may go wrong in foreseen ways: expected faults are values, not throws. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };
