import type { Channel } from '../rpc.ts';

/** Two ends of a wire in one thread; messages arrive later and in order, as between threads. */
export function wire(): [Channel, Channel] {
  const end = () => {
    const target = new EventTarget();
    const hear = (data: unknown) => target.dispatchEvent(new MessageEvent('message', { data }));
    return { target, hear };
  };
  const [a, b] = [end(), end()];
  const channel = (mine: typeof a, other: typeof a): Channel => ({
    postMessage: (message) => void setTimeout(() => other.hear(message), 0),
    addEventListener: (type, listener) =>
      mine.target.addEventListener(type, (event) => listener(event as MessageEvent)),
  });
  return [channel(a, b), channel(b, a)];
}
