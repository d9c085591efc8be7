import type { Answer, ChatMessage, Fault, Script, ScriptedCall } from './types.ts';

const ROOT_PROMPT = 'You are a Recursive Language Model';

/** True for the conversation of an RLM: its system prompt says so. */
export function isRootConversation(messages: readonly ChatMessage[]): boolean {
  const first = messages[0];
  return first?.role === 'system' && first.content.startsWith(ROOT_PROMPT);
}

export type RootTurn = string | Answer | ((call: ScriptedCall) => string | Answer);

/**
 * A script of root turns, picked by the number of assistant messages, and one function for all
 * sub-calls. A root that asks for more turns than there are gets a 500 that says so.
 */
export function scriptOf(parts: {
  readonly root: readonly RootTurn[];
  readonly sub?: (call: ScriptedCall) => string | Answer;
}): Script {
  return (call) => {
    if (call.kind === 'sub') return parts.sub === undefined ? `echo: ${call.prompt}` : parts.sub(call);
    const turn = parts.root[call.turn];
    if (turn === undefined) {
      return { fault: { kind: 'status', status: 500, message: `The script has no turn ${call.turn}.` } };
    }
    return typeof turn === 'function' ? turn(call) : turn;
  };
}

/** A root reply with one cell. */
export function cellReply(code: string, before = 'Next I run this.'): string {
  return `${before}\n\n\`\`\`repl\n${code}\n\`\`\``;
}

export interface FaultRule {
  readonly when: (call: ScriptedCall) => boolean;
  readonly fault: Fault;
  /** Attempts of each matched request that fail before one succeeds (1); Infinity for all. */
  readonly times?: number;
}

/** The script with faults in front; the first rule that matches an attempt wins. */
export function withFaults(script: Script, rules: readonly FaultRule[]): Script {
  return (call) => {
    const rule = rules.find((each) => call.attempt <= (each.times ?? 1) && each.when(call));
    const answer = script(call);
    if (rule === undefined) return answer;
    return { ...(typeof answer === 'string' ? { text: answer } : answer), fault: rule.fault };
  };
}
