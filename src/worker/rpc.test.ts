import { expect, it } from 'vitest';
import { connect, Moved, serve } from './rpc.ts';

type M = { double: { params: number; result: { value: number; buffer: ArrayBuffer } } };

it('moves what an answer says is to be moved, and copies the rest', async () => {
  const { port1, port2 } = new MessageChannel();
  const kept: ArrayBuffer[] = [];
  serve<M, never, never>(port1, {
    async double(value) {
      const buffer = new ArrayBuffer(8);
      kept.push(buffer);
      const answer = { value: value * 2, buffer };
      return value > 1 ? new Moved(answer, [buffer]) : answer;
    },
  });
  const client = connect<M, never, never>(port2);
  port1.start();
  port2.start();
  for (const value of [1, 2]) {
    const { value: doubled, buffer } = await client.request('double', value);
    expect([doubled, buffer.byteLength]).toEqual([value * 2, 8]);
  }
  expect(kept.map(({ byteLength }) => byteLength)).toEqual([8, 0]);
  port1.close();
  port2.close();
});
