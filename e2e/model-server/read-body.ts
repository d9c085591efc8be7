import type { ChatBody, ChatMessage } from './types.ts';

/** The chat completion request in a body; null where it is none. */
export function readChatBody(raw: string): ChatBody | null {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value['model'] !== 'string' || !Array.isArray(value['messages'])) return null;
  const { model, messages, stream, stream_options: streamOptions, ...more } = value;
  return {
    model,
    messages: Array.isArray(messages) ? messages.map(readMessage) : [],
    stream: stream === true,
    includeUsage: isRecord(streamOptions) && streamOptions['include_usage'] === true,
    more: streamOptions === undefined ? more : { ...more, stream_options: streamOptions },
  };
}

function readMessage(value: unknown): ChatMessage {
  if (!isRecord(value)) return { role: '', content: '' };
  const { role, content } = value;
  return { role: String(role), content: typeof content === 'string' ? content : JSON.stringify(content ?? '') };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
