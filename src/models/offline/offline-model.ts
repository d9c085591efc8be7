import type { Message, Usage } from '../../trajectory/events.ts';
import type { Model, ModelListener, ModelReply, ModelRequest } from '../port.ts';
import { isAct, nextAct } from './act.ts';
import { answerOrNot } from './answer-whole.ts';
import { replyOf } from './cells/cell.ts';
import { isRoot, readConversation } from './conversation.ts';
import { nextTurn } from './root.ts';
import { replyToPrompt } from './sub.ts';
import { summarisePart } from './summarise-part.ts';
import { readPart, readWholeContext } from './whole-context.ts';

/** Pieces of a streamed reply: enough to be seen arriving, few enough to cost no time. */
const PIECES = 8;
const SMALLEST_PIECE = 80;

/**
 * The built-in model: rules, no network, no cost, the same reply to the same messages. It is a root
 * where the first message is the engine's prompt for one, a CodeAct or compaction model where it is
 * the prompt of these, else a sub-model that answers from the passage its prompt carries.
 */
export function createOfflineModel(): Model {
  return {
    async complete(request: ModelRequest, on: ModelListener, signal: AbortSignal): Promise<ModelReply> {
      signal.throwIfAborted();
      const text = reply(request.messages);
      await stream(text, on, signal);
      return { text, reasoning: '', usage: usageOf(request.messages, text), costUsd: 0, finishReason: 'stop' };
    },
  };
}

function reply(messages: readonly Message[]): string {
  if (isRoot(messages)) return replyOf(nextTurn(readConversation(messages)));
  if (isAct(messages)) return nextAct(messages);
  const prompt = messages.findLast((message) => message.role === 'user')?.content ?? '';
  const part = readPart(prompt);
  if (part !== null) return summarisePart(part);
  const whole = WHOLE_CONTEXT.test(prompt) ? readWholeContext(prompt) : null;
  if (whole !== null) return answerOrNot(whole.question, whole.passages, 'the context');
  return replyToPrompt(prompt);
}

/** The message that is answered for the person, not for a root: its answer says what it is by. */
const WHOLE_CONTEXT = /^Answer the question from the context below\./;

/** Yields to the event loop between pieces, so that the page lives and Stop is heard. */
async function stream(text: string, on: ModelListener, signal: AbortSignal): Promise<void> {
  const size = Math.max(SMALLEST_PIECE, Math.ceil(text.length / PIECES));
  let at = 0;
  while (at < text.length) {
    // A pair of surrogates stays together.
    const end = at + size + (/[\ud800-\udbff]/.test(text.charAt(at + size - 1)) ? 1 : 0);
    on.text(text.slice(at, end));
    at = end;
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal.throwIfAborted();
  }
}

function usageOf(messages: readonly Message[], text: string): Usage {
  const input = messages.reduce((sum, message) => sum + message.content.length, 0);
  return { input: Math.ceil(input / 4), cachedInput: 0, output: Math.ceil(text.length / 4), reasoning: 0, estimated: true };
}
