/**
 * Lets everything that waits have its turn: streams that were given something, and messages such as
 * a cancellation. A timer would take four milliseconds.
 */
export function otherWork(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
