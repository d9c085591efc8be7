import { FORMAT } from '../trajectory/events.ts';

/** True for a log of ours, told by its first bytes, whatever the file is called. */
export async function isTrajectory(file: File): Promise<boolean> {
  try {
    const head = await file.slice(0, 200).text();
    return head.replace(/^\uFEFF/u, '').startsWith('{') && head.includes(`"${FORMAT}"`);
  } catch {
    return false;
  }
}
