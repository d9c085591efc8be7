/** A known format that is not text, with what to do instead of dropping it. */
export interface BinaryKind {
  /** With its article: «a PNG picture». */
  readonly name: string;
  /** Goes on from the name after a comma: what is wrong, and what to do. */
  readonly advice: string;
}

interface Signature extends BinaryKind {
  /** Bytes as characters U+0000 to U+00FF; `.` matches any byte. */
  readonly magic: string;
  readonly at?: number;
  /** True where a text might begin so; then a NUL byte must follow in the head. */
  readonly weak?: boolean;
}

const ARCHIVE = 'which is not opened yet: unpack it and add the files inside';
const PICTURE = 'not text: copy its words into a text file and add that';
const MEDIA = 'not text: add a transcript of it';
const DATABASE = 'not text: export it as CSV or JSON and add that';
const PROGRAM = 'not text: add its source code instead';
const FONT = 'not text: add a text file instead';

const SIGNATURES: readonly Signature[] = [
  { magic: 'BZh', weak: true, name: 'a bzip2 archive', advice: ARCHIVE },
  { magic: '\xfd7zXZ\0', name: 'an xz archive', advice: ARCHIVE },
  { magic: '\x28\xb5\x2f\xfd', name: 'a Zstandard archive', advice: ARCHIVE },
  { magic: '7z\xbc\xaf\x27\x1c', name: 'a 7-Zip archive', advice: ARCHIVE },
  { magic: 'Rar!\x1a\x07', name: 'a RAR archive', advice: ARCHIVE },
  { magic: 'ustar', at: 257, name: 'a tar archive', advice: ARCHIVE },
  { magic: '\x89PNG\r\n\x1a\n', name: 'a PNG picture', advice: PICTURE },
  { magic: '\xff\xd8\xff', name: 'a JPEG picture', advice: PICTURE },
  { magic: 'GIF8', weak: true, name: 'a GIF picture', advice: PICTURE },
  { magic: 'RIFF....WEBP', name: 'a WebP picture', advice: PICTURE },
  { magic: 'II*\0', name: 'a TIFF picture', advice: PICTURE },
  { magic: 'MM\0*', name: 'a TIFF picture', advice: PICTURE },
  { magic: '8BPS', weak: true, name: 'a Photoshop picture', advice: PICTURE },
  { magic: '\0\0\x01\0', name: 'an icon', advice: PICTURE },
  { magic: 'BM', weak: true, name: 'a BMP picture', advice: PICTURE },
  { magic: 'ftypavif', at: 4, name: 'an AVIF picture', advice: PICTURE },
  { magic: 'ftyphei', at: 4, name: 'a HEIC picture', advice: PICTURE },
  { magic: 'ftyp', at: 4, weak: true, name: 'an MP4 recording', advice: MEDIA },
  { magic: '\x1a\x45\xdf\xa3', name: 'a Matroska or WebM recording', advice: MEDIA },
  { magic: 'RIFF....AVI ', name: 'an AVI recording', advice: MEDIA },
  { magic: 'RIFF....WAVE', name: 'a WAV recording', advice: MEDIA },
  { magic: 'ID3', weak: true, name: 'an MP3 recording', advice: MEDIA },
  { magic: '\xff\xfb', name: 'an MP3 recording', advice: MEDIA },
  { magic: 'OggS', weak: true, name: 'an Ogg recording', advice: MEDIA },
  { magic: 'fLaC', weak: true, name: 'a FLAC recording', advice: MEDIA },
  { magic: 'SQLite format 3\0', name: 'an SQLite database', advice: DATABASE },
  { magic: 'PAR1', weak: true, name: 'a Parquet table', advice: DATABASE },
  { magic: '\x7fELF', name: 'a program (ELF)', advice: PROGRAM },
  { magic: 'MZ', weak: true, name: 'a Windows program', advice: PROGRAM },
  { magic: '\xcf\xfa\xed\xfe', name: 'a macOS program', advice: PROGRAM },
  { magic: '\xca\xfe\xba\xbe', name: 'a compiled program', advice: PROGRAM },
  { magic: '\0asm', name: 'a WebAssembly program', advice: PROGRAM },
  { magic: 'wOF', weak: true, name: 'a font', advice: FONT },
  { magic: '\0\x01\0\0\0', name: 'a font', advice: FONT },
  { magic: 'OTTO', weak: true, name: 'a font', advice: FONT },
];

/**
 * The format the first bytes of a file name, or null: formats that people are likely to drop and
 * that are not read. What is read (PDF, Office, archives in ZIP and gzip) is told by `sniff`.
 */
export function binaryKind(head: Uint8Array): BinaryKind | null {
  const start = latin1(head.subarray(0, 512));
  return (
    SIGNATURES.find(
      ({ magic, at = 0, weak }) => matches(start, magic, at) && (!weak || head.includes(0)),
    ) ?? null
  );
}

function matches(start: string, magic: string, at: number): boolean {
  for (let i = 0; i < magic.length; i++) {
    if (magic[i] !== '.' && magic[i] !== start[at + i]) return false;
  }
  return true;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
