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

export interface ThreadCpu {
  /** As the system knows it: the page's own thread has the name of the program, all workers have one name. */
  readonly name: string;
  readonly isMain: boolean;
  readonly ms: number;
}

/** Milliseconds of CPU of each thread, by its id, of the renderer processes that descend from this one; null without /proc. */
export function rendererThreads(): ReadonlyMap<string, ThreadCpu> | null {
  const pids = descendants((command) => command.includes('--type=renderer'));
  if (!pids) return null;
  const threads = new Map<string, ThreadCpu>();
  for (const pid of pids) {
    for (const thread of namesIn(`/proc/${pid}/task`) ?? []) {
      const path = `${pid}/task/${thread}`;
      threads.set(path, { name: nameOf(path), isMain: thread === String(pid), ms: cpuMs(path) });
    }
  }
  return threads;
}

function nameOf(path: string): string {
  try {
    return readFileSync(`/proc/${path}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}

function residentMemory(counts: (command: string) => boolean): number | null {
  return sumOver(counts, residentBytes);
}

function sumOver(counts: (command: string) => boolean, measure: (pid: number) => number): number | null {
  return descendants(counts)?.reduce((sum, pid) => sum + measure(pid), 0) ?? null;
}

/** Ids of the processes that descend from this one. */
function descendants(counts: (command: string) => boolean): readonly number[] | null {
  const processes = readProcesses();
  if (!processes) return null;
  const ours = new Set([process.pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of processes) {
      if (ours.has(parent) && !ours.has(pid)) {
        ours.add(pid);
        grown = true;
      }
    }
  }
  return processes.filter(({ pid, command }) => ours.has(pid) && pid !== process.pid && counts(command)).map(({ pid }) => pid);
}

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function readProcesses(): ProcessEntry[] | null {
  const names = namesIn('/proc');
  if (!names) return null;
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

/** @param of a process, or a thread as `process/task/thread`. */
function cpuMs(of: number | string): number {
  try {
    const stat = readFileSync(`/proc/${of}/stat`, 'utf8');
    // utime and stime are the 14th and 15th field; the 2nd is the command's name in brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}
