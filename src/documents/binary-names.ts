/** What cannot be read, by the extensions it has; in the words that a list has room for. */
const WORDS: readonly (readonly [what: string, extensions: string])[] = [
  ['PNG picture', 'png apng'],
  ['JPEG picture', 'jpg jpeg jpe jfif jp2 jxl'],
  ['GIF picture', 'gif'],
  ['WebP picture', 'webp'],
  ['TIFF picture', 'tif tiff'],
  ['BMP picture', 'bmp dib'],
  ['icon', 'ico icns cur'],
  ['HEIC picture', 'heic heif'],
  ['AVIF picture', 'avif'],
  ['picture', 'psd psb xcf ai eps raw cr2 cr3 nef arw dng orf rw2 tga dds exr hdr emf wmf kra sketch fig indd'],
  ['recording', 'mp3 wav flac ogg oga opus m4a aac wma aif aiff mid midi amr'],
  ['video', 'mp4 m4v mov mkv webm avi wmv flv mpg mpeg 3gp vob ogv'],
  ['font', 'woff woff2 ttf otf eot ttc pfb'],
  ['program', 'exe dll so dylib o obj a lib class pyc pyo pyd wasm com sys elf node jar war ear apk aab ipa app msi deb rpm whl crx xpi'],
  ['disk image', 'iso dmg img vhd vhdx vmdk qcow2'],
  ['archive of a kind that is not opened', '7z rar bz2 xz zst tar lz4 lz lzma cab arj z tbz2 txz br cpio'],
  ['database', 'sqlite sqlite3 db db3 mdb accdb dbf frm ibd realm duckdb'],
  ['data file', 'parquet feather arrow avro orc npy npz pkl pickle h5 hdf5 mat rds rdata sav dta joblib'],
  ['model weights', 'onnx pt pth ckpt safetensors gguf ggml tflite pb keras mlmodel'],
  ['Word 97–2003 document', 'doc dot'],
  ['PowerPoint 97–2003 file', 'ppt pps pot'],
  ['Rich Text document', 'rtf'],
  ['Outlook file', 'msg pst ost'],
  ['Pages, Numbers or Keynote document', 'pages numbers key'],
  ['drawing', 'dwg dxf vsd vsdx stl 3ds blend fbx glb step skp'],
  ['e-book of a kind that is not read', 'mobi azw azw3 djvu lit cbr'],
  ['key or certificate', 'p12 pfx jks keystore der crt cer kdbx'],
  ['binary data', 'bin swp idx pack dmp cache'],
];

const BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  WORDS.flatMap(([what, extensions]) => extensions.split(' ').map((extension) => [extension, what] as const)),
);

/** What a file is that cannot be read, by its name alone («PNG picture»); null where the name does not say. */
export function binaryByName(name: string): string | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return extension === undefined ? null : (BY_EXTENSION.get(extension) ?? null);
}
