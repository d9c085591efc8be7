/** An API key as it lies on the disk. */
export interface SealedKey {
  /** 96 bits, new for every sealing. */
  readonly iv: Uint8Array<ArrayBuffer>;
  /** AES-GCM ciphertext and tag, bound to its endpoint. */
  readonly data: ArrayBuffer;
}

/** A new AES-256 key that can be used here and stored in IndexedDB, but never exported. */
export const createSecret = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

export async function seal(secret: CryptoKey, endpoint: string, key: string): Promise<SealedKey> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(algorithm(iv, endpoint), secret, encode(key));
  return { iv, data };
}

/** @throws DOMException `OperationError` when it was sealed by another secret or for another endpoint. */
export async function unseal(secret: CryptoKey, endpoint: string, sealed: SealedKey): Promise<string> {
  const plain = await crypto.subtle.decrypt(algorithm(sealed.iv, endpoint), secret, sealed.data);
  return new TextDecoder().decode(plain);
}

/**
 * What a key belongs to: origin and path of the endpoint, without credentials, query, fragment and
 * last slash, so that `https://api.example/v1/` and `https://API.example/v1?x=1` share one.
 * @throws TypeError when `baseUrl` is not a URL.
 */
export function endpointOf(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return origin + pathname.replace(/\/+$/, '');
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, endpoint: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: encode(endpoint),
});

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
