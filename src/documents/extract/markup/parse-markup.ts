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
 * Elements inside each other whose end tags are matched by name. The library's own stack takes time
 * that grows with the square of the depth.
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

interface Levels {
  /** Elements on the library's stack that are open. */
  depth: number;
  /** Names of those open below them. */
  readonly deep: string[];
  /** What the tag that is being read opens: null until that is known. */
  kind: 'level' | 'deep' | 'empty' | null;
  opening: boolean;
}

/** The library's parser, whose own stack stays short: what is deeper is matched by its number of tags only. */
class ShallowParser extends Parser {
  private readonly levels: Levels;
  private readonly closeDeepest: () => void;
  private readonly closesItself: boolean;

  constructor(handler: MarkupHandler, syntax: ParseOptions['syntax']) {
    const xml = syntax === 'xml';
    const levels: Levels = { depth: 0, deep: [], kind: 'level', opening: false };
    const closeDeepest = (): void => {
      const name = levels.deep.pop();
      if (name !== undefined) handler.close(name);
    };
    super(
      {
        onopentag(name, attributes) {
          if (levels.kind === 'level') levels.depth++;
          handler.open(xml ? localName(name) : name, attributes);
        },
        onclosetag(written) {
          const name = xml ? localName(written) : written;
          // The library takes it for an empty element; its end is still to come.
          if (levels.kind === 'deep') levels.deep.push(name);
          else if (levels.kind === 'empty') handler.close(name);
          else {
            while (levels.deep.length > 0) closeDeepest();
            levels.depth--;
            handler.close(name);
          }
        },
        ontext: (text) => handler.text(text),
      },
      { xmlMode: xml, recognizeSelfClosing: syntax !== 'html', recognizeCDATA: syntax !== 'html' },
    );
    this.levels = levels;
    this.closeDeepest = closeDeepest;
    this.closesItself = syntax !== 'html';
  }

  protected override isVoidElement(name: string): boolean {
    const { levels } = this;
    const empty = super.isVoidElement(name);
    if (!levels.opening || name === '') return empty;
    levels.kind ??= empty ? 'empty' : levels.depth >= DEEPEST ? 'deep' : 'level';
    return levels.kind !== 'level';
  }

  override onopentagname(start: number, endIndex: number): void {
    this.levels.opening = true;
    this.levels.kind = null;
    super.onopentagname(start, endIndex);
  }

  override onopentagend(endIndex: number): void {
    super.onopentagend(endIndex);
    this.opened();
  }

  override onselfclosingtag(endIndex: number): void {
    if (this.levels.kind === 'deep') {
      super.onopentagend(endIndex);
      if (this.closesItself || this.isInForeignContext()) this.closeDeepest();
    } else super.onselfclosingtag(endIndex);
    this.opened();
  }

  override onclosetag(start: number, endIndex: number): void {
    if (this.levels.deep.length === 0) {
      super.onclosetag(start, endIndex);
      return;
    }
    this.closeDeepest();
    this.endIndex = endIndex;
    this.startIndex = endIndex + 1;
  }

  private opened(): void {
    this.levels.opening = false;
    this.levels.kind = 'level';
  }
}
