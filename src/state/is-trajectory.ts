import { FORMAT } from '../trajectory/events.ts';

/** Bytes that tell. */
const HEAD = 200;

/** True for a log of ours, told by its first bytes, whatever the file is called. */
export async function isTrajectory(file: File): Promise<boolean> {
  try {
    const head = new TextDecoder().decode(await firstBytes(file));
    return head.replace(/^\uFEFF/u, '').startsWith('{') && head.includes(`"${FORMAT}"`);
  } catch {
    return false;
  }
}

/** A stream, as cutting a slice off a file stops the page until the browser has looked at it: a second for 2,000. */
async function firstBytes(file: File): Promise<Uint8Array> {
  const reader = file.stream().getReader();
  const first = new Uint8Array(HEAD);
  let filled = 0;
  while (filled < HEAD) {
    const { value, done } = await reader.read();
    if (done) break;
    const part = value.subarray(0, HEAD - filled);
    first.set(part, filled);
    filled += part.length;
  }
  // Not waited for: nothing more is wanted of it.
  reader.cancel().catch(() => undefined);
  return first.subarray(0, filled);
}
