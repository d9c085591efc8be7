/**
 * Resolves in a task of its own, so that messages that wait for this thread come first. A timer
 * would wait four milliseconds each time, and a promise alone lets no message in.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const heard = (): void => {
      port1.close();
      resolve();
    };
    port2.addEventListener('message', heard, { once: true });
    port2.start();
    port1.postMessage(null);
  });
}
