import type { ReplContext } from '../../repl/port.ts';
import type { Message } from '../../trajectory/events.ts';
import { rootModelOf } from '../../trajectory/person.ts';
import { openCellRunner } from '../cell-runner.ts';
import { createGuards } from '../guards/guards.ts';
import type { Method, MethodResult, Run } from '../run.ts';
import { createSubCalls } from '../sub-calls.ts';
import { windowOf } from '../window.ts';
import { promptWithContext } from './base.ts';
import { codeactPrompt, searchMessage, withActLine, type Tools } from './codeact-prompt.ts';
import { createActing } from './codeact-turn.ts';
import { askedOf, questionAndContext } from './context-prompt.ts';
import { runChild } from './rlm.ts';
import { ROOT, rootCall } from './root-call.ts';
import { createTurnReplies, type Progress } from './turn-replies.ts';

const NO_CONTEXT: ReplContext = { kind: 'texts', single: true, texts: [{ name: '', text: '' }] };

/**
 * CodeAct as arXiv 2512.24601 compares it (appendix C.1): turns of THINK, ACT and ANSWER with a REPL
 * that does not have the context, which is in the prompt; or, with `search`, is found by BM25 alone.
 */
export function codeact(tools: Tools): Method {
  return {
    ...(tools !== 'sub-calls' && { settings: (settings) => ({ ...settings, maxDepth: 0 }) }),
    answer: (run) => rootCall(run, (progress) => converse(run, tools, progress)),
  };
}

/** @throws ReplError, ModelError or the abort reason: the call failed. */
async function converse(run: Run, tools: Tools, progress: Progress): Promise<MethodResult> {
  const { question, documents, settings } = run.request;
  const { maxTurns: turns } = settings;
  const { signal, subCallSignal } = run;
  let body = await firstBody(run, tools);
  const context: ReplContext = tools === 'search' ? { kind: 'documents', ids: documents.map(({ id }) => id) } : NO_CONTEXT;
  const guards = createGuards(run, { call: ROOT, question });
  const query = guards.watch(createSubCalls(run, { call: ROOT, depth: 0, context }, runChild));
  const turnsLeft = (turn: number) => turns - turn;
  const search = tools === 'search';
  const cells = await openCellRunner(run, { call: ROOT, context, search, signal, subCallSignal, turnsLeft, query });
  const replies = createTurnReplies(run, { call: ROOT, depth: 0, model: rootModelOf(settings), closing: withActLine }, progress, signal);
  const limit = (name: 'turns' | 'usd' | 'seconds'): MethodResult => ({
    kind: 'limit',
    text: progress.draft,
    reason: run.budget.sentence(name),
  });
  const { act, takeNotice } = createActing(run, { tools, cells, guards }, progress);
  let added: Message[] = [{ role: 'system', content: codeactPrompt(tools, askedOf(run).schema) }];
  try {
    for (let turn = 1; turn <= turns; turn++) {
      signal.throwIfAborted();
      if (!run.past?.turn(ROOT, turn)) await run.steer.beforeTurn(turn, signal);
      const asked = await replies.ask(turn, added, () => [body, ...takeNotice()].join('\n\n'));
      if (asked.refused !== null) return limit(asked.refused);
      const end = await act(turn, asked.reply, asked.ending !== null || turn === turns);
      if ('over' in end) return end.over;
      if (asked.ending !== null) return limit(asked.ending);
      // Some endpoints refuse an empty message.
      added = [{ role: 'assistant', content: end.kept.trim() === '' ? '(empty reply)' : end.kept }];
      body = end.body;
    }
    run.budget.reach('turns', turns, ROOT);
    return limit('turns');
  } finally {
    await cells.close();
  }
}

/** What the first turn asks; the past has it where it was asked before. */
async function firstBody(run: Run, tools: Tools): Promise<string> {
  const { question, documents, settings } = run.request;
  if (run.past?.turn(ROOT, 1)) return '';
  if (tools === 'search') return searchMessage(question, documents);
  const window = windowOf(run, settings.rootModel, 'turns');
  const chars = window.chars - codeactPrompt(tools, askedOf(run).schema).length;
  return promptWithContext(run, { ...window, chars }, (texts, cut) => questionAndContext(question, texts, cut));
}
