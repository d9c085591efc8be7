/** State of a permission; null where the browser knows none of this name, or does not tell workers. */
export async function permissionState(name: string): Promise<PermissionState | null> {
  try {
    // The list of names in the library's types is shorter than that of browsers.
    const { state } = await navigator.permissions.query({ name: name as PermissionName });
    return state;
  } catch {
    return null;
  }
}
