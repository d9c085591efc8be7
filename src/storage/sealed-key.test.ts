import { describe, expect, it } from 'vitest';
import { createSecret, endpointOf, seal, unseal } from './sealed-key.ts';

const ENDPOINT = 'https://api.example/v1';

describe('a sealed key', () => {
  it('opens again with its secret and endpoint only', async () => {
    const [secret, other] = await Promise.all([createSecret(), createSecret()]);
    const sealed = await seal(secret, ENDPOINT, 'sk-tëst');
    expect(await unseal(secret, ENDPOINT, sealed)).toBe('sk-tëst');
    await expect(unseal(other, ENDPOINT, sealed)).rejects.toMatchObject({ name: 'OperationError' });
    await expect(unseal(secret, 'https://evil.example/v1', sealed)).rejects.toThrow();
  });

  it('does not hold the key in the clear, and is different each time', async () => {
    const secret = await createSecret();
    const [a, b] = [await seal(secret, ENDPOINT, 'sk-test'), await seal(secret, ENDPOINT, 'sk-test')];
    expect(Buffer.from(a.data).toString('latin1')).not.toContain('sk-test');
    expect(Buffer.from(a.data).equals(Buffer.from(b.data))).toBe(false);
  });

  it('has a secret that cannot be exported', async () => {
    await expect(crypto.subtle.exportKey('raw', await createSecret())).rejects.toThrow();
  });
});

describe('endpointOf', () => {
  it.each([
    ['https://api.example/v1', 'https://api.example/v1'],
    ['https://API.example:443/v1/', 'https://api.example/v1'],
    ['https://user:pass@api.example/v1?key=1#x', 'https://api.example/v1'],
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434'],
    ['https://api.example/V1', 'https://api.example/V1'],
  ])('of %s is %s', (url, endpoint) => expect(endpointOf(url)).toBe(endpoint));

  it('refuses what is no URL', () => expect(() => endpointOf('api.example')).toThrow(TypeError));
});
