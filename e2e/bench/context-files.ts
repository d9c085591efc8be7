import { closeSync, openSync, writeSync } from 'node:fs';

/** A word that no generated line holds but the last one of a file. */
export const NEEDLE = 'xylograph';
/** A word that no generated line holds at all. */
export const MISS = 'quetzalcoatlus';

export type Script = 'ascii' | 'multi-byte';

const BLOCK_LINES = 40_000;
const STATES = ['ok', 'error', 'ok', 'warning', 'ok', 'timeout', 'ok', 'error', 'ok', 'slow', 'ok'];
const WORDS: Readonly<Record<Script, readonly string[]>> = {
  ascii: ['river', 'ledger', 'harbour', 'copper', 'orchard', 'lantern', 'signal'],
  'multi-byte': ['河流', '账本', 'café', '铜', '果园🚀', 'фонарь', '信号'],
};
const SERVICES: Readonly<Record<Script, string>> = { ascii: 'service', 'multi-byte': '服务号码在这里' };

/**
 * Writes a log of about `bytes` bytes in UTF-8, one block of lines at a time, the same every time.
 * The last line holds NEEDLE.
 */
export function writeLog(path: string, bytes: number, script: Script): void {
  const block = Buffer.from(logLines(script));
  const last = Buffer.from(`the end: ${NEEDLE} id=7\n`);
  const file = openSync(path, 'w');
  try {
    let left = bytes - last.length;
    for (; left >= block.length; left -= block.length) writeSync(file, block);
    const cut = block.subarray(0, Math.max(0, left)).lastIndexOf('\n') + 1;
    writeSync(file, block.subarray(0, cut));
    writeSync(file, last);
  } finally {
    closeSync(file);
  }
}

/** Some 60 characters a line: a time, a service, a state, an id, a few words. */
function logLines(script: Script): string {
  const words = WORDS[script];
  const lines: string[] = [];
  for (let n = 0; n < BLOCK_LINES; n++) {
    const random = Math.imul(n + 1, 2_654_435_761) >>> 0;
    const time = new Date(1_790_000_000_000 + n * 517).toISOString();
    const service = `${SERVICES[script]}-${random % 23}`;
    const state = STATES[random % STATES.length];
    lines.push(`${time} ${service} [${state}] id=${random % 1_000_003} ${words[n % 7]} ${words[(n * 3 + 1) % 7]}\n`);
  }
  return lines.join('');
}
