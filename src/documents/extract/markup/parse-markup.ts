import { Parser } from 'htmlparser2';

/** Attributes by their names as written, prefixes included. */
export type Attributes = Readonly<Record<string, string>>;

/** What is done with a document as it is parsed. Every `open` has its `close`, in the right order. */
export interface MarkupHandler {
  /** `name` is without its prefix in XML, in lower case in HTML. */
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

export interface ParseOptions {
  /** `xhtml` is HTML whose empty elements may close themselves. */
  readonly syntax: 'xml' | 'html' | 'xhtml';
  readonly signal: AbortSignal;
  /** UTF-16 code units parsed so far. */
  readonly onProgress?: (chars: number) => void;
}

/** Code units between two looks at the signal. */
const STEP = 1 << 16;
/** Code units after which others get their turn. */
const TURN = 1 << 22;

/**
 * Elements inside each other that are told apart: what is deeper is given as empty elements and
 * text. The parser's own stack takes time that grows with the square of the depth.
 */
const DEEPEST = 1000;

/**
 * Parses markup as it comes, well-formed or not, without ever holding a tree. Entities that a
 * document declares itself are never expanded.
 * @throws the reason of `signal` when it aborts; what the handler throws.
 */
export async function parseMarkup(
  pieces: Iterable<string> | AsyncIterable<string>,
  handler: MarkupHandler,
  { syntax, signal, onProgress }: ParseOptions,
): Promise<void> {
  const parser = new ShallowParser(handler, syntax);
  let done = 0;
  let turn = TURN;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; from += STEP) {
      signal.throwIfAborted();
      const step = piece.slice(from, from + STEP);
      parser.write(step);
      done += step.length;
      onProgress?.(done);
      if (done >= turn) {
        turn = done + TURN;
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
  }
  signal.throwIfAborted();
  parser.end();
}

/** The value of the attribute of this name, whatever its prefix. */
export function attribute(attributes: Attributes, local: string): string | undefined {
  const plain = attributes[local];
  if (plain !== undefined) return plain;
  return prefixed(attributes, local);
}

/** The value of the attribute of this name that has a prefix: `r:id` beside `id`. */
export function prefixed(attributes: Attributes, local: string): string | undefined {
  for (const name in attributes) if (name.endsWith(`:${local}`)) return attributes[name];
  return undefined;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

class ShallowParser extends Parser {
  /** Elements handed on that are open. */
  private readonly open: { depth: number };
  /** Elements open below the deepest that is told apart. */
  private below = 0;
  private flat = false;

  constructor(handler: MarkupHandler, syntax: ParseOptions['syntax']) {
    const xml = syntax === 'xml';
    const open = { depth: 0 };
    super(
      {
        onopentag(name, attributes) {
          open.depth++;
          handler.open(xml ? localName(name) : name, attributes);
        },
        onclosetag(name) {
          open.depth--;
          handler.close(xml ? localName(name) : name);
        },
        ontext: (text) => handler.text(text),
      },
      { xmlMode: xml, recognizeSelfClosing: syntax !== 'html', recognizeCDATA: syntax !== 'html' },
    );
    this.open = open;
  }

  protected override isVoidElement(name: string): boolean {
    return this.flat || super.isVoidElement(name);
  }

  override onopentagname(start: number, endIndex: number): void {
    this.flat = this.open.depth >= DEEPEST;
    if (this.flat) this.below++;
    super.onopentagname(start, endIndex);
  }

  override onselfclosingtag(endIndex: number): void {
    if (this.flat) {
      this.below--;
      this.onopentagend(endIndex);
    } else super.onselfclosingtag(endIndex);
  }

  override onclosetag(start: number, endIndex: number): void {
    this.flat = false;
    if (this.below === 0) super.onclosetag(start, endIndex);
    else {
      this.below--;
      this.endIndex = endIndex;
      this.startIndex = endIndex + 1;
    }
  }
}
