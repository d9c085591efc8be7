import type { Message, Usage } from '../events.ts';
import { replyOf } from './refunds-script.ts';
import type { ScriptedTurn } from './refunds-script.ts';
import { all, nextSlot, sleep, slot } from './simulation.ts';
import type { Process, Simulation } from './simulation.ts';

export const ROOT_MODEL = 'gpt-5';
export const SUB_MODEL = 'gpt-5-mini';
/** USD for a million tokens: input, cached input, output. */
const PRICES: Readonly<Record<string, readonly [number, number, number]>> = {
  [ROOT_MODEL]: [1.25, 0.125, 10],
  [SUB_MODEL]: [0.25, 0.025, 2],
};

/** One `llm` call and how it goes. */
export interface Ask {
  readonly id: string;
  readonly cell: string;
  readonly line: number;
  readonly depth: number;
  readonly prompt: string;
  readonly reply: string;
  /** Milliseconds from sending to the last piece. */
  readonly ms: number;
  readonly fault?: 'retry' | 'fail';
}

/** One `rlm` call and how it goes. */
export interface Child {
  readonly id: string;
  readonly parent: string | null;
  readonly cell: string | null;
  readonly line: number | null;
  readonly depth: number;
  readonly model: string;
  readonly question: string;
  readonly contextChars: number;
  readonly opening: readonly Message[];
  readonly turns: readonly ScriptedTurn[];
  /** Milliseconds of thinking and of writing, by turn. */
  readonly pace: readonly (readonly [number, number])[];
  readonly thinkTokens: number;
  readonly variables: readonly (readonly [name: string, kind: string, size: number | null, preview: string])[][];
  readonly subCalls: (turn: number) => readonly Process[];
  readonly answer: string;
}

export function* llmCall(run: Simulation, ask: Ask): Process {
  const { id: call, cell, line, depth, prompt, reply } = ask;
  run.emit({
    type: 'call.started', call, parent: cell.slice(0, cell.indexOf(':')), cell, line, kind: 'llm', depth, model: SUB_MODEL, prompt,
  });
  yield slot;
  run.emit({ type: 'call.sent', call, attempt: 1 });
  if (ask.fault !== undefined) {
    yield sleep(ask.ms * 0.5);
    run.emit({ type: 'call.text', call, text: reply.slice(0, 24) });
    yield sleep(ask.ms * 0.2);
    if (ask.fault === 'fail') {
      run.emit({ type: 'call.failed', call, message: 'The endpoint answered 500 four times. Ask again, or choose another model.' });
      run.release();
      return;
    }
    run.emit({ type: 'call.retried', call, attempt: 1, waitMs: 1_200, reason: 'HTTP 429: too many requests, wait 1.2 s' });
    run.release();
    yield sleep(1_200);
    yield slot;
    run.emit({ type: 'call.sent', call, attempt: 2 });
  }
  yield* stream(run, call, 'call.text', reply, ask.ms * 0.35, ask.ms * 0.65, 32);
  const usage = usageOf(prompt.length, reply.length, 128, prompt.length > 16_000 ? 1_024 : 0);
  run.emit({ type: 'call.finished', call, usage, costUsd: priceOf(SUB_MODEL, usage), finishReason: 'stop' });
  run.release();
}

export function* rlmCall(run: Simulation, child: Child): Process {
  const { id: call, parent, cell: asker, line, depth, model, question: prompt, contextChars } = child;
  run.emit({
    type: 'call.started', call, parent, cell: asker, kind: 'rlm', depth, model, prompt, contextChars, ...(line !== null && { line }),
  });
  let added: readonly Message[] = child.opening;
  let history = 0;
  let usage = usageOf(0, 0, 0, 0);
  for (const [index, scripted] of child.turns.entries()) {
    const turn = index + 1;
    const cell = `${call}:${turn}`;
    const reply = replyOf(scripted);
    const cached = turn === 1 ? 0 : Math.floor(history / 4);
    history += added.reduce((sum, message) => sum + message.content.length, 0);
    run.emit({ type: 'turn.started', call, turn, messages: [...added] });
    if (depth > 0) yield nextSlot;
    run.emit({ type: 'call.sent', call, attempt: 1 });
    const [thinking, writing] = child.pace[index] ?? [2_000, 2_000];
    yield* stream(run, call, 'call.reasoned', scripted.thought, thinking * 0.6, thinking * 0.4, 24);
    yield* stream(run, call, 'call.text', reply, 0, writing, 24);
    usage = plus(usage, usageOf(history, reply.length, child.thinkTokens, cached));
    run.emit({ type: 'turn.finished', call, turn, finishReason: 'stop', soFar: { usage, costUsd: priceOf(model, usage) } });
    if (depth > 0) run.release();

    run.emit({ type: 'cell.started', call, turn, cell, code: scripted.code });
    const cpuMs = 40 + scripted.code.length * 0.25;
    yield sleep(cpuMs);
    const before = run.events.at(-1)?.at ?? 0;
    const subCalls = child.subCalls(turn);
    if (subCalls.length > 0) yield all(subCalls);
    if (scripted.printed !== '') run.emit({ type: 'cell.printed', cell, text: scripted.printed });
    for (const [name, kind, size, preview] of child.variables[index] ?? []) {
      run.emit({ type: 'variable.changed', cell, name, kind, size, preview });
    }
    const waitMs = subCalls.length > 0 ? (run.events.at(-1)?.at ?? 0) - before : 0;
    run.emit({ type: 'cell.finished', cell, ok: true, cpuMs, waitMs, observation: scripted.printed });
    added = [
      { role: 'assistant', content: reply },
      { role: 'user', content: scripted.printed },
    ];
  }
  run.emit({
    type: 'call.finished', call, usage, costUsd: priceOf(model, usage), finishReason: 'stop', answer: child.answer,
  });
}

function* stream(
  run: Simulation,
  call: string,
  type: 'call.text' | 'call.reasoned',
  text: string,
  firstMs: number,
  restMs: number,
  pieceChars: number,
): Process {
  yield sleep(firstMs);
  const pieces = Math.ceil(text.length / pieceChars);
  for (let piece = 0; piece < pieces; piece += 1) {
    run.emit({ type, call, text: text.slice(piece * pieceChars, (piece + 1) * pieceChars) });
    yield sleep(restMs / pieces);
  }
}

function usageOf(inputChars: number, outputChars: number, reasoning: number, cachedInput: number): Usage {
  return { input: Math.ceil(inputChars / 4), cachedInput, output: Math.ceil(outputChars / 4) + reasoning, reasoning };
}

function plus(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cachedInput: a.cachedInput + b.cachedInput,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

function priceOf(model: string, usage: Usage): number {
  const [input, cached, output] = PRICES[model] ?? [0, 0, 0];
  return ((usage.input - usage.cachedInput) * input + usage.cachedInput * cached + usage.output * output) / 1e6;
}
