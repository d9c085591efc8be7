import { formatBytes, formatCount } from '../../base/format.ts';
import { safeFileName } from '../file-name.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { ARCHIVED_FILE, createMeter } from './bounds.ts';
import { type ByteWindow, byteWindow } from './byte-window.ts';
import { gatherBlob } from './gather-blob.ts';
import { inflateMember, isMember } from './gzip-member.ts';

export interface Gunzipped {
  /** `notes.txt` of `notes.txt.gz`. */
  readonly file: File;
  /** What the person should know: that the end is missing, or that something was left out; else null. */
  readonly notice: string | null;
}

export interface GunzipTools {
  readonly signal: AbortSignal;
  /** Bytes of the packed file that were read, of all of them. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Unpacks a gzip file, of one member or of many on end. Of one that was cut off or is damaged what
 * came before that is kept, and the notice says so.
 * @param name of the file, for sentences and for the name of what is inside.
 * @throws UnreadableFile when nothing comes of it, or too much; the reason of the signal; what the
 * browser throws when the file cannot be read.
 */
export async function gunzip(file: Blob, name: string, tools: GunzipTools): Promise<Gunzipped> {
  const what = `“${name}”`;
  const packed = byteWindow(file);
  const meter = createMeter(what, file.size, ARCHIVED_FILE);
  const blob = gatherBlob();
  const take = (bytes: Uint8Array<ArrayBuffer>): void => {
    meter.take(bytes.length);
    blob.add(bytes);
  };
  if (!(await isMember(packed, 0))) {
    throw new UnreadableFile(`${what} is no gzip file, or its beginning is damaged: get it again, or add the file inside.`);
  }
  let notice: string | null = null;
  for (let at = 0; at < file.size; ) {
    if (at > 0 && !(await isMember(packed, at))) {
      notice = await leftOver(packed, at);
      break;
    }
    const member = await inflateMember(packed, at, { ...tools, take });
    if (!member.whole) {
      if (meter.taken === 0) {
        throw new UnreadableFile(`${what} is damaged or was cut off at its beginning: get it again, or add the file inside.`);
      }
      notice = `The packed file is damaged or was cut off: only its first ${formatBytes(meter.taken)} are here.`;
      break;
    }
    at = member.end;
  }
  return { file: new File(blob.finish(), innerName(name)), notice };
}

/** Padding with zeros is usual behind a gzip file and no loss. */
async function leftOver(file: ByteWindow, at: number): Promise<string | null> {
  const head = await file.bytes(at, at + 4096);
  if (head.every((byte) => byte === 0)) return null;
  return `${formatCount(file.size - at)} bytes behind the packed data are not packed themselves and were left out.`;
}

/** The name of what is inside `notes.txt.gz`, `backup.tgz`, `notes.gz`. */
function innerName(name: string): string {
  const last = safeFileName(name);
  if (/\.tgz$/i.test(last)) return last.replace(/\.tgz$/i, '.tar');
  if (/\.svgz$/i.test(last)) return last.replace(/z$/i, '');
  return safeFileName(last.replace(/\.(?:gz|gzip)$/i, ''));
}
