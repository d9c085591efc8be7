import { expect, it, vi } from 'vitest';
import { checkedResponse } from './response-check.ts';

const asked = { baseUrl: 'https://m.example/v1', key: '', model: 'm' };
const type = { 'content-type': 'text/event-stream' };

/** What the SDK does with a body: it iterates over what can be iterated. */
const piecesOf = (response: Response) => response.body as unknown as AsyncIterable<Uint8Array>;

it('tells of every piece of the body as it is read', async () => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of ['a', 'b']) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  const hear = vi.fn();
  const response = await checkedResponse(new Response(body, { headers: type }), asked, false, hear);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const heard: string[] = [];
  for await (const piece of piecesOf(response)) heard.push(`${new TextDecoder().decode(piece)} ${hear.mock.calls.length}`);
  expect(heard).toEqual(['a 1', 'b 2']);
  expect(hear).toHaveBeenCalledTimes(2);
});

it('ends the stream where its reader stops', async () => {
  const cancel = vi.fn();
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array([1])), cancel });
  const response = await checkedResponse(new Response(body, { headers: type }), asked, false, () => {});
  const pieces = piecesOf(response)[Symbol.asyncIterator]();
  await pieces.next();
  await pieces.return?.();
  expect(cancel).toHaveBeenCalledOnce();
});
