import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import type { Outgoing } from './listen.ts';
import type { Wire } from './wire.ts';

export interface Pace {
  /** Pause between frames; without one, frames leave together. */
  readonly chunkDelayMs: number;
  /** Bytes per write, or undefined to write frames whole. */
  readonly splitBytes: number | undefined;
}

/** Sends one answer. Stops quietly when the other side has gone. */
export async function send(response: Outgoing, wire: Wire, cors: Readonly<Record<string, string>>, pace: Pace): Promise<void> {
  if (wire.kind === 'silent') return;
  if (wire.kind === 'reset') {
    response.cut();
    return;
  }
  response.writeHead(wire.status, { ...wire.headers, ...cors });
  const paced = pace.chunkDelayMs > 0 || pace.splitBytes !== undefined;
  if (!paced && wire.then === 'end') {
    response.end(wire.frames.join(''));
    return;
  }
  for (const part of paced ? wire.frames : [wire.frames.join('')]) {
    await write(response, part, pace.splitBytes);
    if (pace.chunkDelayMs > 0) await sleep(pace.chunkDelayMs);
    if (response.gone) return;
  }
  if (wire.then === 'end') response.end();
  if (wire.then === 'destroy') response.cut();
}

/** All at once, or a few bytes at a time. */
async function write(response: Outgoing, text: string, splitBytes: number | undefined): Promise<void> {
  if (splitBytes === undefined) {
    await response.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length && !response.gone; from += splitBytes) {
    void response.write(bytes.subarray(from, from + splitBytes));
    // One turn of the event loop between writes keeps the kernel from joining them all.
    await immediate();
  }
}
