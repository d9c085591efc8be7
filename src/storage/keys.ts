import { openDatabase } from './database.ts';
import { createSecret, endpointOf, seal, unseal } from './sealed-key.ts';

/**
 * API keys that the person asked to remember on this device: one for each endpoint (origin and
 * path), AES-GCM ciphertext in IndexedDB, under a CryptoKey that lies beside it and that no script
 * can export.
 *
 * What this protects: the key cannot be read off the screen or the developer tools' storage view,
 * and does not lie in plain text in a copy of the disk or of the browser profile's files. What it
 * does not: a script running in this page's origin (XSS), a malicious extension, or a person at the
 * unlocked browser can have the browser decrypt it, and whoever copies the whole profile can open
 * it with a browser of their own. A key with a spending limit is the better protection.
 *
 * Works in a page and in a worker. Every function throws what `openDatabase` throws, and those that
 * take `baseUrl` a TypeError where that is no URL.
 */

const SECRET = 'keys';

/** Remembers `key` for the endpoint, in place of an earlier one. */
export async function saveKey(baseUrl: string, key: string): Promise<void> {
  const endpoint = endpointOf(baseUrl);
  const sealed = await seal(await ensureSecret(), endpoint, key);
  const database = await openDatabase();
  await database.put('keys', sealed, endpoint);
}

/** The remembered key of the endpoint; null where there is none, or none that can be opened. */
export async function loadKey(baseUrl: string): Promise<string | null> {
  const endpoint = endpointOf(baseUrl);
  const database = await openDatabase();
  const [secret, sealed] = await Promise.all([
    database.get('secrets', SECRET),
    database.get('keys', endpoint),
  ]);
  if (!secret || !sealed) return null;
  return unseal(secret, endpoint, sealed).catch(() => null);
}

/** Forgets the key of one endpoint. */
export async function forgetKey(baseUrl: string): Promise<void> {
  const database = await openDatabase();
  await database.delete('keys', endpointOf(baseUrl));
}

/** Forgets every key, and the secret that opened them. */
export async function forgetKeys(): Promise<void> {
  const database = await openDatabase();
  const change = database.transaction(['keys', 'secrets'], 'readwrite');
  await Promise.all([
    change.objectStore('keys').clear(),
    change.objectStore('secrets').clear(),
    change.done,
  ]);
}

/** The stored secret, or a new one; two tabs that ask at once get the same. */
async function ensureSecret(): Promise<CryptoKey> {
  // Made first: a transaction would end while it waits for this.
  const fresh = await createSecret();
  const database = await openDatabase();
  const change = database.transaction('secrets', 'readwrite');
  const stored = await change.store.get(SECRET);
  if (!stored) await change.store.put(fresh, SECRET);
  await change.done;
  return stored ?? fresh;
}
