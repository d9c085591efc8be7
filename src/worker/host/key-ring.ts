import { readKey } from '../../models/api-key.ts';
import { normaliseBaseUrl } from '../../models/base-url.ts';
import type { KeyState } from '../protocol.ts';

/** Keys kept on this device (`storage/keys.ts`). */
export interface KeyStore {
  loadKey(baseUrl: string): Promise<string | null>;
  saveKey(baseUrl: string, key: string): Promise<void>;
  forgetKey(baseUrl: string): Promise<void>;
  forgetKeys(): Promise<void>;
}

/** The keys of this session, each for its endpoint alone. They never leave the worker. */
export interface KeyRing {
  /** @throws Error with a sentence when the URL or the key cannot be one. */
  set(baseUrl: string, key: string, remember: boolean): Promise<KeyState>;
  /** Keeps the key it has for the endpoint on this device, or only for this session. */
  remember(baseUrl: string, remember: boolean): Promise<KeyState>;
  state(baseUrl: string): Promise<KeyState>;
  /** The key of an endpoint, loading a remembered one; null where there is none. */
  get(baseUrl: string): Promise<string | null>;
  /** The key of an endpoint as held now. */
  held(baseUrl: string): string | null;
  forget(): Promise<void>;
  /** All keys held, for the guard on what leaves the worker. */
  readonly all: readonly string[];
}

export function createKeyRing(store: KeyStore): KeyRing {
  const held = new Map<string, { readonly key: string; readonly remembered: boolean }>();

  /** Each request of a run asks for the same one. */
  let lastAsked: { readonly baseUrl: string; readonly url: string | null } | null = null;
  /** Null for what is no URL: it has no key. */
  const urlOf = (baseUrl: string): string | null => {
    if (lastAsked?.baseUrl === baseUrl) return lastAsked.url;
    const url = normaliseBaseUrl(baseUrl);
    lastAsked = { baseUrl, url: url.ok ? url.url : null };
    return lastAsked.url;
  };

  const find = async (baseUrl: string) => {
    const url = urlOf(baseUrl);
    if (url === null) return undefined;
    if (!held.has(url)) {
      // Where the browser keeps nothing there is nothing remembered, and the run goes on without.
      const key = await store.loadKey(url).catch(() => null);
      // A key that was set while the stored one was read is the newer one.
      if (key !== null && key !== '' && !held.has(url)) held.set(url, { key, remembered: true });
    }
    return held.get(url);
  };

  const stateOf = (entry: { readonly remembered: boolean } | undefined): KeyState => ({
    present: entry !== undefined,
    remembered: entry?.remembered ?? false,
  });

  return {
    async set(baseUrl, pasted, remember) {
      const url = normaliseBaseUrl(baseUrl);
      if (!url.ok) throw new Error(url.message);
      const key = readKey(pasted);
      const before = await find(url.url);
      if (before?.remembered && (key === '' || !remember)) await store.forgetKey(url.url);
      if (key === '') {
        held.delete(url.url);
        return stateOf(undefined);
      }
      const entry = { key, remembered: remember };
      held.set(url.url, entry);
      if (remember) await store.saveKey(url.url, key);
      return stateOf(entry);
    },
    state: async (baseUrl) => stateOf(await find(baseUrl)),
    get: async (baseUrl) => (await find(baseUrl))?.key ?? null,
    held: (baseUrl) => held.get(urlOf(baseUrl) ?? '')?.key ?? null,
    async remember(baseUrl, remember) {
      const url = urlOf(baseUrl);
      const entry = await find(baseUrl);
      if (url === null || !entry || entry.remembered === remember) return stateOf(entry);
      if (remember) await store.saveKey(url, entry.key);
      else await store.forgetKey(url);
      const changed = { key: entry.key, remembered: remember };
      held.set(url, changed);
      return stateOf(changed);
    },
    async forget() {
      held.clear();
      await store.forgetKeys();
    },
    get all() {
      return [...held.values()].map(({ key }) => key);
    },
  };
}
