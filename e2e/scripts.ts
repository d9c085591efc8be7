import { cellReply, scriptOf } from './model-server/script.ts';
import type { Script } from './model-server/types.ts';

export const ANSWER = 'Twelve letters mention the river, and 3 of them twice.';

/** A root of three turns: look, ask `subCalls` sub-calls at once, finish with ANSWER. */
export function lookAskFinish(subCalls = 8): Script {
  return scriptOf({
    root: [
      cellReply('print(context.length);', 'First I look.'),
      cellReply(
        `const replies = await llm_query_batched(Array.from({ length: ${subCalls} }, (_, n) => "Part " + n + ": " + context.slice(n * 50, n * 50 + 50)));
print(replies.length, replies.filter((reply) => reply instanceof Error).length);`,
        'Now I ask.',
      ),
      cellReply(`FINAL(${JSON.stringify(ANSWER)});`, 'Done.'),
    ],
    sub: ({ prompt }) => ({ text: `I read ${prompt.length} characters.`, chunkChars: 5, chunkDelayMs: 5 }),
  });
}
