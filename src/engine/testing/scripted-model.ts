import type { Model, ModelListener, ModelReply, ModelRequest } from '../../models/port.ts';
import { ModelError } from '../../models/port.ts';
import type { Clock } from '../engine.ts';

/** One reply, or fault, of a script. A plain string is its text. */
export type Scripted = string | ModelError | ScriptedReply;

export interface ScriptedReply {
  readonly text: string;
  /** How it streams; the whole text at once where absent, nothing streamed where empty. */
  readonly pieces?: readonly string[];
  readonly reasoning?: string;
  readonly finishReason?: string;
  readonly costUsd?: number | null;
  /** In place of the script's. */
  readonly latencyMs?: number;
  /** Never ends, not even on abort, after the pieces have streamed. */
  readonly hangs?: boolean;
  /** Thrown after the pieces have streamed. */
  readonly thenFails?: ModelError;
  /** Streamed a moment after that, as a client may that was not listened to. */
  readonly late?: string;
}

export interface Script {
  /** Replies of `rlm` calls by their question, used up in order, one a request. */
  readonly rlm: Readonly<Record<string, readonly Scripted[]>>;
  /** Reply of a plain sub-call; `attempt` counts requests with that prompt from 1. */
  readonly sub?: (prompt: string, attempt: number) => Scripted;
  readonly latencyMs?: number;
}

export interface ScriptedModel extends Model {
  readonly requests: readonly ModelRequest[];
  /** Most plain and child requests that were out at once. */
  readonly mostInFlight: number;
  /** USD of the replies that it gave whole. */
  readonly paidUsd: number;
}

/** What a script's replies are counted by. */
export const scriptKey = (kind: 'llm' | 'rlm', prompt: string) => `${kind} ${prompt}`;

/** @param used Requests that were answered before, by `scriptKey`, where the run is gone on with. */
export function createScriptedModel(
  script: Script,
  clock: Clock,
  used: Map<string, number> = new Map(),
): ScriptedModel {
  const requests: ModelRequest[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  let paidUsd = 0;

  const take = (key: string) => {
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    return count;
  };

  const pick = (request: ModelRequest): Scripted => {
    const [first, second] = request.messages;
    if (first?.role !== 'system') {
      const prompt = first?.content ?? '';
      return script.sub?.(prompt, take(scriptKey('llm', prompt))) ?? 'no script';
    }
    const question = /^Question:\n([\s\S]*?)(?:\n\n\([^\n]*\))?\n\n(?:Context|Documents):\n/.exec(second?.content ?? '')?.[1] ?? '';
    const replies = script.rlm[question] ?? [];
    const reply = replies[take(scriptKey('rlm', question)) - 1];
    if (reply === undefined) throw new Error(`The script of «${question}» is used up.`);
    return reply;
  };

  const play = async (reply: Scripted, on: ModelListener, signal: AbortSignal): Promise<ModelReply> => {
    const own = typeof reply === 'object' && 'latencyMs' in reply ? reply.latencyMs : undefined;
    await clock.sleep(own ?? script.latencyMs ?? 0, signal);
    if (reply instanceof ModelError) throw reply;
    const whole = typeof reply === 'string' ? { text: reply } : reply;
    if (whole.reasoning) on.reasoning(whole.reasoning);
    for (const piece of whole.pieces ?? [whole.text]) on.text(piece);
    if (whole.hangs) await new Promise<never>(() => {});
    const { late, thenFails } = whole;
    if (late !== undefined) void clock.sleep(1, signal).then(() => on.text(late));
    if (thenFails) throw thenFails;
    paidUsd += whole.costUsd ?? 0;
    return {
      text: whole.text,
      reasoning: whole.reasoning ?? '',
      usage: { input: 100, cachedInput: 0, output: 10, reasoning: 0 },
      costUsd: whole.costUsd === undefined ? 0 : whole.costUsd,
      finishReason: whole.finishReason ?? 'stop',
    };
  };

  return {
    requests,
    get paidUsd() {
      return paidUsd;
    },
    get mostInFlight() {
      return mostInFlight;
    },
    async complete(request, on, signal) {
      requests.push(request);
      mostInFlight = Math.max(mostInFlight, ++inFlight);
      try {
        return await play(pick(request), on, signal);
      } finally {
        inFlight--;
      }
    },
  };
}
