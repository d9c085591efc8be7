/**
 * The end of an exhaustive switch: a case that the types say cannot exist.
 * @throws Error when it exists after all.
 */
export function assertUnreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
