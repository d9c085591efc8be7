import { addressSpaceInit, type AddressSpace } from './address-space.ts';
import type { Provider } from './provider.ts';

/** A request that ended without an answer that a page may read, and how to look closer. */
export interface Unreadable {
  readonly url: string;
  /** Host and port, for sentences. */
  readonly host: string;
  /** Whether a key was sent. */
  readonly keyed: boolean;
  readonly provider: Provider | undefined;
  readonly origin: string | null;
  readonly fetch: typeof fetch;
  readonly space: AddressSpace;
  /** Whether the page needs a permission of the browser to reach that space. */
  readonly gated: boolean;
  readonly permission: (name: string) => Promise<PermissionState | null>;
  readonly timeoutMs: number;
}

/**
 * The likeliest reason, in one or two sentences with what to do. A browser gives scripts the same
 * error for a dead host, a missing CORS header and a refused permission. Two questions tell most of
 * them apart: does anything answer (a request whose answer stays hidden), and may a page read it when
 * no key is sent?
 */
export async function whyUnreadable(about: Unreadable): Promise<string> {
  if (!(await answers(about, { mode: 'no-cors' }))) return whyNothing(about);
  if (!about.keyed) return hidden(about);
  return (await answers(about, {})) || about.provider?.corsAdvice === null ? keyHidden(about) : hiddenWithKey(about);
}

async function answers(about: Unreadable, init: RequestInit): Promise<boolean> {
  try {
    await about.fetch(about.url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.timeout(about.timeoutMs),
      ...addressSpaceInit(about.origin, about.url),
      ...init,
    });
    return true;
  } catch {
    return false;
  }
}

/** Nothing answers: the browser does not let the page ask, or there is nobody. */
async function whyNothing(about: Unreadable): Promise<string> {
  const { host, space, gated } = about;
  if (gated) {
    const state = await permissionState(about);
    const what = space === 'loopback' ? 'apps on this device' : 'the local network';
    if (state === 'denied') {
      return `The browser does not let this page reach ${what}. Allow it in the site settings (the sign left of the page’s address), then check again.`;
    }
    if (state === 'prompt') {
      return `The browser wants your permission before this page may reach ${what}, and got none. Check again and allow it; if no question appears, allow it in the site settings (the sign left of the page’s address).`;
    }
  }
  if (space === 'public') {
    return `Nothing answers at ${host}. Check the base URL and your network; the server may be down, or something in between (a firewall, an extension) refuses the call.`;
  }
  const where = space === 'loopback' ? ' on this computer' : ' in this network';
  // Safari blocks http:// from an https page whatever the address, and says no more than the others.
  const secure = gated && about.url.startsWith('http:') ? ' If it runs, try Chrome, Edge or Firefox: some browsers let no https page call http://.' : '';
  return `Nothing answers at ${host}${where}. Start the server, and check the port in the base URL.${secure}`;
}

/** The newer names first; Chrome before 145 knows one for both. */
async function permissionState({ space, permission }: Unreadable): Promise<PermissionState | null> {
  const name = space === 'loopback' ? 'loopback-network' : 'local-network';
  return (await permission(name)) ?? (await permission('local-network-access'));
}

function hidden(about: Unreadable): string {
  return `${about.host} is up, but does not let this page read its answers (CORS). ${advice(about)}`;
}

function keyHidden({ host }: Unreadable): string {
  return `${host} is up, but hid its answer when the key was sent: most likely it refused the key. Check the key; it may be mistyped, expired or of another provider.`;
}

function hiddenWithKey(about: Unreadable): string {
  return `${about.host} is up, but this page cannot read its answers: it refused the key, or does not allow calls from web pages (CORS). Check the key first. ${advice(about)}`;
}

function advice({ provider, origin, keyed }: Unreadable): string {
  const asked = provider?.key === 'required' && !keyed ? 'Enter the API key. ' : '';
  const words = provider?.corsAdvice ?? (asked === '' ? 'Let the server answer pages of {origin} (CORS).' : '');
  return (asked + words.replaceAll('{origin}', origin ?? 'this address')).trim();
}
