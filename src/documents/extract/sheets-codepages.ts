/** Windows code pages that old workbooks name, as `TextDecoder` calls them. */
const LABELS: ReadonlyMap<number, string> = new Map([
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [1200, 'utf-16le'],
  [1250, 'windows-1250'],
  [1251, 'windows-1251'],
  [1252, 'windows-1252'],
  [1253, 'windows-1253'],
  [1254, 'windows-1254'],
  [1255, 'windows-1255'],
  [1256, 'windows-1256'],
  [1257, 'windows-1257'],
  [1258, 'windows-1258'],
  [10000, 'macintosh'],
  [10007, 'x-mac-cyrillic'],
  [20866, 'koi8-r'],
  [54936, 'gb18030'],
  [65001, 'utf-8'],
]);

const decoders = new Map<number, TextDecoder>();

function decoderOf(codepage: number): TextDecoder {
  let decoder = decoders.get(codepage);
  if (!decoder) {
    decoder = new TextDecoder(LABELS.get(codepage) ?? 'windows-1252');
    decoders.set(codepage, decoder);
  }
  return decoder;
}

/**
 * What SheetJS asks of its tables of code pages (400 KB), answered by the browser's own decoders.
 * It decodes with it the strings of workbooks before Excel 97; it writes nothing here.
 */
export const CODEPAGES = {
  utils: {
    decode: (codepage: number, data: ArrayLike<number> | string): string =>
      decoderOf(codepage).decode(
        typeof data === 'string' ? Uint8Array.from(data, (byte) => byte.charCodeAt(0)) : Uint8Array.from(data),
      ),
    encode: (_codepage: number, text: string): Uint8Array => new TextEncoder().encode(text),
    cache: { encache: (): void => {}, decache: (): void => {} },
    hascp: (codepage: number): boolean => LABELS.has(codepage),
  },
};
