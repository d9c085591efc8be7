import { readdirSync, readFileSync } from 'node:fs';

/**
 * Bytes resident in the renderer processes that descend from this process (pages and their
 * workers); null where there is no /proc.
 */
export function rendererMemory(): number | null {
  return residentMemory((command) => command.includes('--type=renderer'));
}

/** Bytes resident in all processes of browsers that descend from this one; null where there is no /proc. */
export function browserMemory(): number | null {
  return residentMemory((command) => /chrom/i.test(command));
}

/** Milliseconds of CPU that the renderer processes have used that descend from this one; null without /proc. */
export function rendererCpuMs(): number | null {
  return sumOver((command) => command.includes('--type=renderer'), cpuMs);
}

function residentMemory(counts: (command: string) => boolean): number | null {
  return sumOver(counts, residentBytes);
}

function sumOver(counts: (command: string) => boolean, measure: (pid: number) => number): number | null {
  const processes = readProcesses();
  if (!processes) return null;
  const descendants = new Set([process.pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of processes) {
      if (descendants.has(parent) && !descendants.has(pid)) {
        descendants.add(pid);
        grown = true;
      }
    }
  }
  return processes
    .filter(({ pid, command }) => descendants.has(pid) && pid !== process.pid && counts(command))
    .reduce((sum, { pid }) => sum + measure(pid), 0);
}

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function readProcesses(): ProcessEntry[] | null {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return null;
  }
  return names.filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command's name in brackets may hold spaces: the parent is the second field after it.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
    } catch {
      return []; // It ended meanwhile.
    }
  });
}

function residentBytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Linux counts a process's time in ticks of a hundredth of a second. */
const TICK_MS = 10;

function cpuMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // utime and stime are the 14th and 15th field; the 2nd is the command's name in brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}
