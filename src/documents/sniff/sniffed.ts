import type { FileKind } from '../../trajectory/document-kinds.ts';
import type { BinaryKind } from '../binary-kind.ts';

/** What a file is: a kind that can be read, or a known format that cannot. */
export type Sniffed = { readonly kind: FileKind } | { readonly binary: BinaryKind };
