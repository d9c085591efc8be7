import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashBlob } from './digest.ts';

const never = new AbortController().signal;
const bytes = Buffer.alloc(5 * 2 ** 20 + 1, 'The ferry is late again.\n');

describe('hashBlob', () => {
  it('gives the SHA-256 of the whole, and waits its turn before every piece', async () => {
    let turns = 0;
    const sha256 = await hashBlob(new Blob([bytes]), never, async () => void turns++);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(turns).toBe(11);
  });

  it('ends when it is told to while it waits', async () => {
    const abort = new AbortController();
    const hashing = hashBlob(new Blob([bytes]), abort.signal, async () => abort.abort());
    await expect(hashing).rejects.toMatchObject({ name: 'AbortError' });
  });
});
