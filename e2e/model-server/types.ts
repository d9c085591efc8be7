import type { Certificate } from './certificate.ts';

/** Shapes of the local OpenAI-compatible server: what came in, what to send back, what goes wrong. */

export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

/** The parts of a chat completion request that scripts look at; the rest is kept in `more`. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly more: Readonly<Record<string, unknown>>;
}

/** `root` where the system prompt is that of an RLM (a child RLM too), `sub` for every plain call. */
export type CallKind = 'root' | 'sub';

export interface ScriptedCall {
  readonly kind: CallKind;
  readonly body: ChatBody;
  /** Content of the last user message. */
  readonly prompt: string;
  /** Assistant messages so far: 0 in the first turn of a root. */
  readonly turn: number;
  /** 1 for a request seen for the first time, 2 for its first repetition, … */
  readonly attempt: number;
  /** Order of arrival among the calls of its kind, from 0. */
  readonly index: number;
}

/** Decides the answer to a call. A string is a plain reply. Must be quick: it is part of the latency. */
export type Script = (call: ScriptedCall) => string | Answer;

export interface Answer {
  readonly text?: string;
  readonly reasoning?: string;
  /** `stop` unless said. */
  readonly finishReason?: string;
  /** Counted as characters / 4 where absent; null sends none even if asked. */
  readonly usage?: Readonly<Record<string, unknown>> | null;
  /** Before the first byte; the server's own unless said. */
  readonly latencyMs?: number;
  /** Nothing is answered before this resolves. */
  readonly after?: Promise<void>;
  /** UTF-16 code units of text in one streamed piece, and the pause between pieces. */
  readonly chunkChars?: number;
  readonly chunkDelayMs?: number;
  readonly wire?: WireStyle;
  readonly fault?: Fault;
}

/** Legal oddities of event streams. */
export interface WireStyle {
  /** Comment lines between events, as OpenRouter sends while it waits. */
  readonly comments?: boolean;
  /** CRLF line ends. */
  readonly crlf?: boolean;
  /** Writes so many bytes at a time, which cuts inside UTF-8 code points. */
  readonly splitBytes?: number;
  /** Chunks with `choices: []` between the others. */
  readonly emptyChoices?: boolean;
  /** `reasoning` instead of `reasoning_content`. */
  readonly plainReasoning?: boolean;
  /** Keeps the connection open after `[DONE]`. */
  readonly keepOpen?: boolean;
}

export type Fault =
  /** An HTTP error. `body` replaces the usual `{"error": {...}}`. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection is destroyed before a header. */
  | { readonly kind: 'reset' }
  /** Nothing is ever answered. */
  | { readonly kind: 'silent' }
  /** The connection is destroyed after so many chunks (1). */
  | { readonly kind: 'cut'; readonly afterChunks?: number }
  /** The stream ends in good order after so many chunks (all), but with no `finish_reason` and no `[DONE]`. */
  | { readonly kind: 'no-finish'; readonly afterChunks?: number }
  /** Nothing comes after so many chunks (1), and the connection stays open. */
  | { readonly kind: 'stall'; readonly afterChunks?: number }
  /** A 200 with a web page, as from a login or a proxy. */
  | { readonly kind: 'html'; readonly asStream?: boolean }
  /** A 200 that says it is JSON and is not. */
  | { readonly kind: 'malformed-json' }
  /** A 200 with any body. */
  | { readonly kind: 'body'; readonly type: string; readonly body: string }
  /** A whole completion although a stream was asked for. */
  | { readonly kind: 'no-stream' }
  /** After so many chunks (1), an event whose data is not JSON. */
  | { readonly kind: 'broken-sse'; readonly afterChunks?: number }
  /** After so many chunks (1), `data: {"error": …}`. */
  | { readonly kind: 'error-event'; readonly error: unknown; readonly afterChunks?: number };

/** What the server lets a browser do. */
export type CorsMode =
  /** Any origin, any header. */
  | 'full'
  /** Any origin, but only `authorization` and `content-type`. */
  | 'strict'
  /** No CORS headers at all. */
  | 'none'
  /** CORS headers on successes and preflights, none on errors. */
  | 'errors-without';

export interface ModelServerOptions {
  readonly script: Script;
  /** 0 (the system's choice) unless said. */
  readonly port?: number;
  /** Speaks HTTP/2 over TLS; HTTP/1.1 without. */
  readonly certificate?: Certificate;
  /** From the end of a request to its first byte. */
  readonly latencyMs?: number;
  readonly cors?: CorsMode;
  /** `Access-Control-Max-Age` of preflights, in seconds; absent means none. */
  readonly preflightMaxAge?: number;
  /** Lets pages read Retry-After (true). */
  readonly exposeRetryAfter?: boolean;
  /** Refuses requests without this key with a 401. */
  readonly key?: string;
  /** What the 401 repeats of the key that was sent: providers do. */
  readonly echoKey?: 'none' | 'masked' | 'whole';
  /** Usage at the end of streams that ask for it (true). */
  readonly usage?: boolean;
  /** Ids for `/v1/models`, or any other answer there. */
  readonly models?: readonly string[] | { readonly status: number; readonly type: string; readonly body: string };
  readonly chunkChars?: number;
  readonly chunkDelayMs?: number;
  /** Tells roots from sub-calls, by the messages. */
  readonly isRoot?: (messages: readonly ChatMessage[]) => boolean;
  /** Keeps request bodies in `requests` (true). */
  readonly keepBodies?: boolean;
}

export interface RecordedRequest {
  /** Milliseconds since the server started. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: string | null;
  /** Bytes. */
  readonly size: number;
  readonly call: ScriptedCall | null;
}

export interface ServerStats {
  readonly root: number;
  readonly sub: number;
  readonly models: number;
  readonly preflights: number;
  /** Calls refused for their key. */
  readonly refused: number;
  /** Calls that the other side gave up on. */
  readonly aborted: number;
  readonly maxInFlight: { readonly root: number; readonly sub: number; readonly all: number };
  /** Bytes of the biggest request. */
  readonly biggestRequest: number;
  /**
   * Mean milliseconds from the end of a call's request to its answer being handed to the system,
   * as measured: timers are late, so this and not `latencyMs` is what overhead is counted from.
   */
  readonly meanLatencyMs: number;
}

export interface ModelServer {
  /** Base URL, ending in `/v1`. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly RecordedRequest[];
  stats(): ServerStats;
  /** Destroys open connections. */
  close(): Promise<void>;
}
