import { asRecord } from './json.ts';

/** What one chunk of a streamed chat completion adds. */
export interface Chunk {
  readonly text: string;
  readonly reasoning: string;
  readonly finishReason: string | null;
  /** The provider's `usage`, as it came. */
  readonly usage: unknown;
}

/** Names of a reply that was cut at the limit of its tokens, besides `length`. */
const CUT = /^(max_tokens|max_output_tokens|model_length)$/i;

/**
 * Reads one chunk without trusting its shape; null where it is no object. A refusal counts as text,
 * for it is what the model said. Reasoning comes as `reasoning_content` (DeepSeek, vLLM),
 * `reasoning` (OpenRouter, Ollama) or among the parts of the content (Mistral); usage also inside the
 * choice (Moonshot) or under `x_groq`. A reply cut at its limit has the finish reason `length`,
 * whatever the provider calls it, also where all of it was reasoning.
 */
export function readChunk(value: unknown): Chunk | null {
  const chunk = asRecord(value);
  if (chunk === null) return null;
  const choices = chunk['choices'];
  const choice = asRecord(Array.isArray(choices) ? choices[0] : null);
  const delta = asRecord(choice?.['delta']);
  const content = delta?.['content'];
  const finishReason = text(choice?.['finish_reason']) || null;
  return {
    text: text(content) || parts(content, 'text') || text(delta?.['refusal']),
    reasoning: text(delta?.['reasoning_content']) || text(delta?.['reasoning']) || parts(content, 'thinking'),
    finishReason: finishReason !== null && CUT.test(finishReason) ? 'length' : finishReason,
    usage: chunk['usage'] ?? choice?.['usage'] ?? asRecord(chunk['x_groq'])?.['usage'] ?? null,
  };
}

/** Content in parts: `{type: 'text', text}` and `{type: 'thinking', thinking: [{type: 'text', text}]}`. */
function parts(content: unknown, type: 'text' | 'thinking'): string {
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => {
      const record = asRecord(part);
      if (record?.['type'] !== type) return '';
      return type === 'text' ? text(record['text']) : text(record['thinking']) || parts(record['thinking'], 'text');
    })
    .join('');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
