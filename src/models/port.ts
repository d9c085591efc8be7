import type { Message, Usage } from '../trajectory/events.ts';

/** The `Model` port: anything that answers messages (endpoint, offline model, person, recording). */
export interface Model {
  /**
   * One reply. Text and reasoning arrive through `on` as they stream and whole in the result.
   * @throws ModelError on every fault of the model or its endpoint; the abort reason on abort.
   */
  complete(request: ModelRequest, on: ModelListener, signal: AbortSignal): Promise<ModelReply>;
}

export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly Message[];
}

export interface ModelListener {
  readonly text: (piece: string) => void;
  readonly reasoning: (piece: string) => void;
}

export interface ModelReply {
  readonly text: string;
  readonly reasoning: string;
  readonly usage: Usage;
  /** USD; null where nobody knows the price. */
  readonly costUsd: number | null;
  /** `stop`, `length`, `content_filter`, … as the provider names it. */
  readonly finishReason: string;
}

/**
 * Price of a request before it is sent, for reservations: USD for the given tokens, null if unknown.
 */
export type PriceEstimate = (model: string, inputTokens: number, outputTokens: number) => number | null;

export type ModelFault =
  | 'refused' // 401, 403: the key, or what it may do
  | 'rejected' // 400, 404, 413, 422: this request will never work (message says why)
  | 'rate-limited' // 429
  | 'unavailable' // 5xx, 408, 409
  | 'unreachable' // no answer that a browser may read: dead host, CORS, no permission
  | 'cut' // the stream broke, stalled, or ended without a finish_reason
  | 'not-a-model'; // a 200 that is not a chat completion (login page, empty stream, broken JSON)

/** A sentence for the person, and what the retry policy needs. Never holds a key. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly fault: ModelFault;
  readonly status: number | null;
  /** Milliseconds the server asked to wait, where it could be read. */
  readonly retryAfterMs: number | null;

  constructor(
    fault: ModelFault,
    message: string,
    more: { readonly status?: number; readonly retryAfterMs?: number | null } = {},
  ) {
    super(message);
    this.fault = fault;
    this.status = more.status ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}
