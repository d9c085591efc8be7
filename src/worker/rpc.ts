/**
 * Typed messages between a page or worker and another worker: requests with one answer each, and
 * notices without. Errors cross as data and are thrown again on the asking side.
 */

/** A map from method name to its parameters and result. */
export type Methods = Record<string, { readonly params: unknown; readonly result: unknown }>;

type RequestMessage = { rpc: 'request'; id: number; method: string; params: unknown };
type AnswerMessage =
  | { rpc: 'answer'; id: number; ok: true; result: unknown }
  | { rpc: 'answer'; id: number; ok: false; error: { name: string; message: string } };
type NoticeMessage = { rpc: 'notice'; notice: unknown };
type RpcMessage = RequestMessage | AnswerMessage | NoticeMessage;

/** The part of Worker, MessagePort and DedicatedWorkerGlobalScope that is needed. */
export interface Channel {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

export interface Client<M extends Methods, Sent, Received> {
  /** @throws RemoteError what the other side threw, by name and message. */
  request<K extends keyof M & string>(method: K, params: M[K]['params']): Promise<M[K]['result']>;
  notify(notice: Sent): void;
  onNotice(listener: (notice: Received) => void): void;
  /** Rejects everything still pending, for when the other side is gone. */
  fail(reason: Error): void;
}

/** An answer of which `list` goes over to the asking side instead of being copied. */
export class Moved<T> {
  readonly value: T;
  readonly list: Transferable[];
  constructor(value: T, list: Transferable[]) {
    this.value = value;
    this.list = list;
  }
}

type Answer<T> = T | Moved<T>;

export type Handlers<M extends Methods> = {
  readonly [K in keyof M]: (
    params: M[K]['params'],
  ) => Promise<Answer<M[K]['result']>> | Answer<M[K]['result']>;
};

export interface Server<Sent, Received> {
  notify(notice: Sent): void;
  onNotice(listener: (notice: Received) => void): void;
}

/** An error the other side threw. */
export class RemoteError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The asking side of `channel`. */
export function connect<M extends Methods, Sent, Received>(
  channel: Channel,
): Client<M, Sent, Received> {
  let nextId = 0;
  const pending = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (reason: Error) => void }
  >();
  const listeners: ((notice: Received) => void)[] = [];
  channel.addEventListener('message', (event) => {
    const message = event.data as RpcMessage;
    if (message.rpc === 'notice') {
      for (const listener of listeners) listener(message.notice as Received);
    } else if (message.rpc === 'answer') {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if (message.ok) waiting?.resolve(message.result);
      else waiting?.reject(new RemoteError(message.error.name, message.error.message));
    }
  });
  return {
    request(method, params) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        channel.postMessage({ rpc: 'request', id, method, params } satisfies RequestMessage);
      });
    },
    notify: (notice) => channel.postMessage({ rpc: 'notice', notice } satisfies NoticeMessage),
    onNotice: (listener) => void listeners.push(listener),
    fail(reason) {
      const waiting = [...pending.values()];
      pending.clear();
      for (const { reject } of waiting) reject(reason);
    },
  };
}

/** The answering side of `channel`. */
export function serve<M extends Methods, Sent, Received>(
  channel: Channel,
  handlers: Handlers<M>,
): Server<Sent, Received> {
  const listeners: ((notice: Received) => void)[] = [];
  const answer = (message: AnswerMessage, list?: Transferable[]) => channel.postMessage(message, list);
  channel.addEventListener('message', (event) => {
    const message = event.data as RpcMessage;
    if (message.rpc === 'notice') {
      for (const listener of listeners) listener(message.notice as Received);
    } else if (message.rpc === 'request') {
      const { id, method, params } = message;
      const handler = handlers[method];
      Promise.resolve()
        .then(() => {
          if (!handler) throw new Error(`Unknown method ${method}`);
          return handler(params);
        })
        .then(
          (result) =>
            result instanceof Moved
              ? answer({ rpc: 'answer', id, ok: true, result: result.value }, result.list)
              : answer({ rpc: 'answer', id, ok: true, result }),
          (reason: unknown) => {
            const error = reason instanceof Error ? reason : new Error(String(reason));
            answer({
              rpc: 'answer',
              id,
              ok: false,
              error: { name: error.name, message: error.message },
            });
          },
        );
    }
  });
  return {
    notify: (notice) => channel.postMessage({ rpc: 'notice', notice } satisfies NoticeMessage),
    onNotice: (listener) => void listeners.push(listener),
  };
}
