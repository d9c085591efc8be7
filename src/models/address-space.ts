import { isLoopback } from './base-url.ts';

/** Where an address is, as browsers see it: on this computer, in this network, or anywhere. */
export type AddressSpace = 'loopback' | 'local' | 'public';

const PRIVATE_V4 = /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/;
const PRIVATE_V6 = /^\[(f[cd]|fe[89ab])/;

/**
 * The address space of a URL by its host's name. A name of its own for a machine of the local network
 * counts as public here: only the browser knows what it resolves to.
 */
export function addressSpaceOf(url: string): AddressSpace {
  if (isLoopback(url)) return 'loopback';
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return PRIVATE_V4.test(host) || PRIVATE_V6.test(host) || host.endsWith('.local') ? 'local' : 'public';
}

/** True where a page of `origin` needs the person's permission to reach `url` (Chrome 142 and later). */
export function needsLocalPermission(origin: string | null, url: string): boolean {
  if (origin === null) return false;
  const order: readonly AddressSpace[] = ['public', 'local', 'loopback'];
  return order.indexOf(addressSpaceOf(url)) > order.indexOf(addressSpaceOf(origin));
}

/**
 * What a request to `url` adds for browsers that gate the local network: with it they ask the person,
 * and let an https page reach http:// there. Nothing for browsers that do not know it.
 */
export function addressSpaceInit(origin: string | null, url: string): RequestInit {
  if (!needsLocalPermission(origin, url)) return {};
  const init: RequestInit = { targetAddressSpace: addressSpaceOf(url) };
  try {
    // A browser that knows the option and not this value of it refuses the request.
    return new Request(url, init).url === '' ? {} : init;
  } catch {
    return {};
  }
}

declare global {
  interface RequestInit {
    /** Local Network Access: where the page expects the address to be. */
    targetAddressSpace?: AddressSpace;
  }
}

/**
 * Why a page may not even try `url`, or null where it may: the page's content policy allows http://
 * to two names of this computer only, so that a key never crosses a network in the clear.
 */
export function whyNotAllowed(url: string): string | null {
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol !== 'http:' || hostname === 'localhost' || hostname === '127.0.0.1') return null;
  if (isLoopback(url)) {
    const instead = `http://localhost${port === '' ? '' : `:${port}`}${pathname === '/' ? '' : pathname}`;
    return `This page may call http:// only as localhost or 127.0.0.1. Write ${instead} instead.`;
  }
  return (
    'This page may call http:// addresses on this computer only (localhost or 127.0.0.1): over a network the key could be ' +
    'read by others. Give the server an https:// address, for example behind Caddy or a tunnel, or run this app on the same computer.'
  );
}

/** The address of the page that this thread belongs to; null where there is none, as in a test. */
export function pageOrigin(): string | null {
  return typeof location === 'undefined' ? null : location.origin;
}
