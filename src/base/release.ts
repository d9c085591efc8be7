/**
 * Gives the memory of bytes back, which are empty from then on.
 *
 * It is sent to a port that nobody hears, which frees it at once: 20 MB instead of 490 MB above the
 * rest while 4.5 GB were read in Chromium. Its `ArrayBuffer.transfer(0)` frees nothing until a
 * collection, which then never comes: 4.3 GB.
 */
export function release({ buffer }: Uint8Array<ArrayBuffer>): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(null, [buffer]);
  port1.close();
}
