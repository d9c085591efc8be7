import type { Message } from '../../trajectory/events.ts';

/** A root's conversation, read back from its messages: the offline root remembers nothing else. */
export interface Conversation {
  readonly question: string;
  /** Turns so far, each with what its cell printed. */
  readonly turns: readonly PastTurn[];
  readonly lastTurn: boolean;
  /** False where the run has no sub-models to ask. */
  readonly subModels: boolean;
}

export interface PastTurn {
  readonly code: string;
  /** The first word of the cell's heading comment: PROBE, RANK, … */
  readonly stage: string;
  readonly output: string;
}

const ROOT_PROMPT = /^\s*You are a Recursive Language Model/;

export function isRoot(messages: readonly Message[]): boolean {
  return ROOT_PROMPT.test(messages[0]?.content ?? '');
}

export function readConversation(messages: readonly Message[]): Conversation {
  const system = messages[0]?.content ?? '';
  const turns: PastTurn[] = [];
  messages.forEach((message, i) => {
    if (message.role !== 'assistant') return;
    const code = /```\w*\n([\s\S]*?)\n```/.exec(message.content)?.[1] ?? '';
    const stage = /^\/\/ ([A-Z]+):/m.exec(code)?.[1] ?? '';
    const reply = messages[i + 1];
    turns.push({ code, stage, output: reply?.role === 'user' ? reply.content : '' });
  });
  const lastUser = messages.findLast((message) => message.role === 'user')?.content ?? '';
  return {
    question: questionOf(messages.find((message) => message.role === 'user')?.content ?? ''),
    turns,
    lastTurn: /\b(?:your|the) last turn\b/i.test(lastUser.slice(-600)),
    subModels: system.includes('llm_query'),
  };
}

function questionOf(first: string): string {
  const marked = /^Question:[ \t]*\n?([\s\S]*?)\n+Context:[ \t]*$/m.exec(first) ?? /^Question:[ \t]*\n?([\s\S]*)/m.exec(first);
  return (marked?.[1] ?? first).trim();
}

/** Values of the lines `label: value` that our own cells print, in order. */
export function printed(output: string, label: string): string[] {
  const start = `${label}: `;
  return output
    .split('\n')
    .filter((line) => line.startsWith(start))
    .map((line) => line.slice(start.length).trim());
}

/** Values of printed lines that are JSON. Lines the observation has cut are left out. */
export function printedJson(output: string, label: string): unknown[] {
  return printed(output, label).flatMap((value) => {
    try {
      return [JSON.parse(value) as unknown];
    } catch {
      return [];
    }
  });
}
