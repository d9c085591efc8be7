import { asRecord } from './json.ts';

/** What one chunk of a streamed chat completion adds. */
export interface Chunk {
  readonly text: string;
  readonly reasoning: string;
  readonly finishReason: string | null;
  /** The provider's `usage`, as it came. */
  readonly usage: unknown;
}

/**
 * Reads one chunk without trusting its shape; null where it is no object. A refusal counts as text,
 * for it is what the model said. Reasoning comes as `reasoning_content` (DeepSeek, vLLM) or
 * `reasoning` (OpenRouter, Ollama).
 */
export function readChunk(value: unknown): Chunk | null {
  const chunk = asRecord(value);
  if (chunk === null) return null;
  const choices = chunk['choices'];
  const choice = asRecord(Array.isArray(choices) ? choices[0] : null);
  const delta = asRecord(choice?.['delta']);
  return {
    text: text(delta?.['content']) || text(delta?.['refusal']),
    reasoning: text(delta?.['reasoning_content']) || text(delta?.['reasoning']),
    finishReason: text(choice?.['finish_reason']) || null,
    usage: chunk['usage'] ?? null,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
