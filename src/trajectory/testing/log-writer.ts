import { append } from '../log.ts';
import type { Fact, LogEvent, Usage } from '../events.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';

/** What decides the next event: which of the possible ones, and with what in it. */
export interface Choice {
  readonly pick: number;
  readonly number: number;
  readonly text: string;
  readonly json: unknown;
  readonly costUsd: number | null;
}

interface OpenCall {
  readonly id: string;
  readonly kind: 'llm' | 'rlm';
  readonly depth: number;
  /** What the call does now: `idle` is queued, `waiting` is before the next attempt, `ran` is after its cell. */
  phase: 'idle' | 'asking' | 'waiting' | 'replied' | 'cell' | 'ran';
  turn: number;
  attempt: number;
  children: number;
  usage: Usage;
  costUsd: number | null;
}

type Action = (choice: Choice) => void;

const MAX_DEPTH = 3;
const BUDGET = { calls: 7, tokens: null, usd: 0.5, turns: 3, seconds: 60.5 };
const CAUSES = ['HTTP 429', 'HTTP 500', 'The stream broke off.'];

/** Writes a valid log one choice at a time: whatever is picked is something an engine could do next. */
export class LogWriter {
  readonly events: LogEvent[] = [];
  readonly #open = new Map<string, OpenCall>();
  #at = 0;

  write(choice: Choice): void {
    const actions = this.#actions();
    actions[choice.pick % actions.length]?.(choice);
  }

  finish({ number, text, json }: Choice): void {
    if (this.events.length === 0) return;
    const outcome = (['answered', 'stopped', 'failed', 'limit'] as const)[number % 4] ?? 'answered';
    const citations = [
      { quote: text, document: 'd1', from: 0, to: text.length, match: 'folded' as const, place: { line: 1, part: { kind: 'sheet', number: 1, label: 'A' }, row: 2 } },
      { quote: 'nowhere', document: null, from: null, to: null },
    ];
    this.#emit({
      type: 'run.finished',
      outcome,
      answer: outcome === 'answered' ? text : null,
      citations: citations.slice(0, number % 3),
      ...(outcome !== 'answered' && { reason: 'It was stopped.' }),
    });
    if (number % 5 === 0) this.#unknown(json);
    if (number % 7 === 0) this.#emit({ type: 'note.added', by: 'person', text });
  }

  #emit(fact: Fact, ms = 0): void {
    this.#at += ms;
    this.events.push(append(this.events, fact, this.#at));
  }

  #unknown(payload: unknown): void {
    this.events.push({ seq: this.events.length, at: this.#at, type: 'future.invented', payload });
  }

  #actions(): readonly Action[] {
    if (this.events.length === 0) return [() => this.#start()];
    const actions: Action[] = [
      ({ number, text }) => this.#note(number, text),
      ({ json }) => this.#unknown(json),
      ({ number }) => this.#limit(number),
      ({ number, text }) => this.#emit({ type: 'document.hashed', document: `d${number % 3}`, sha256: text }),
      () => this.#resume(),
      ({ number }) => this.#pause(number),
    ];
    for (const call of this.#open.values()) {
      const own = this.#actionsOf(call);
      // The story goes on more often than it is remarked upon.
      actions.push(...own, ...own, ...own);
    }
    return actions;
  }

  #start(): void {
    const document = { name: 'a.txt', kind: 'text', chars: 900, lines: 12, bytes: 905, sha256: 'ab'.repeat(32) };
    this.#emit({
      type: 'run.started',
      question: 'Who?',
      method: 'rlm',
      settings: { ...DEFAULT_SETTINGS, maxDepth: MAX_DEPTH },
      documents: [{ ...document, id: 'd1' }, { ...document, id: 'd2', pages: 3 }],
    });
    this.#startCall(null, 'rlm', 'Who?', 900);
  }

  #note(number: number, text: string): void {
    const call = [...this.#open.values()][number % 4];
    this.#emit({
      type: 'note.added',
      by: number % 2 === 0 ? 'engine' : 'person',
      text,
      ...(call !== undefined && { call: call.id }),
      ...(call !== undefined && call.turn > 0 && { turn: call.turn }),
    });
  }

  #resume(): void {
    this.#emit({ type: 'run.resumed' });
    for (const call of this.#open.values()) {
      if (call.phase === 'asking') call.phase = 'waiting';
    }
  }

  #pause(number: number): void {
    const whys = ['person', 'provider', 'sub-calls'] as const;
    if (number % 3 === 0) {
      this.#emit({ type: 'parallel.changed', slots: 1 + number, reason: 'The endpoint refused (429).' });
      return;
    }
    this.#emit({ type: 'run.paused', why: whys[number % whys.length] ?? 'person', message: 'It waits.' });
    if (number % 2 === 0) this.#emit({ type: 'run.continued', ok: number % 4 === 0 });
  }

  #limit(number: number): void {
    const names = ['turns', 'subCalls', 'usd', 'seconds', 'cellCpu', 'replMemory', 'depth'] as const;
    const limit = names[number % names.length] ?? 'turns';
    this.#emit({ type: 'limit.reached', limit, value: number, ...(number % 2 === 0 && { call: '0' }) });
  }

  #startCall(parent: OpenCall | null, kind: 'llm' | 'rlm', prompt: string, number: number): void {
    if (parent !== null) parent.children += 1;
    const id = parent === null ? '0' : `${parent.id}.${parent.children}`;
    const depth = parent === null ? 0 : parent.depth + 1;
    this.#open.set(id, {
      id, kind, depth, phase: 'idle', turn: 0, attempt: 0, children: 0,
      usage: { input: 0, cachedInput: 0, output: 0, reasoning: 0 },
      costUsd: 0,
    });
    this.#emit({
      type: 'call.started', call: id, parent: parent?.id ?? null,
      cell: parent === null ? null : `${parent.id}:${parent.turn}`,
      kind, depth, model: number % 2 === 0 ? 'large' : 'small', prompt,
      ...(number % 3 === 0 && { line: number % 40 }),
      ...(kind === 'rlm' && { contextChars: number }),
      ...(kind === 'llm' && number % 5 === 0 && { asked: 'rlm' as const }),
    }, number % 3);
  }

  #actionsOf(call: OpenCall): readonly Action[] {
    switch (call.phase) {
      case 'idle':
        return [(choice) => this.#send(call, choice)];
      case 'waiting':
        return [({ number }) => this.#resend(call, number), (choice) => this.#fail(call, choice)];
      case 'asking':
        return [
          ({ text, number }) => this.#emit({ type: 'call.text', call: call.id, text }, number % 50),
          ({ text, number }) => this.#emit({ type: 'call.text', call: call.id, text }, number % 50),
          ({ text }) => this.#emit({ type: 'call.reasoned', call: call.id, text }, 1),
          (choice) => this.#reply(call, choice),
          (choice) => this.#reply(call, choice),
          (choice) => this.#retryOrFail(call, choice),
        ];
      case 'replied':
        return [
          ({ text, number }) => this.#startCell(call, text, number),
          ({ text, number }) => this.#startCell(call, text, number),
          (choice) => this.#send(call, choice),
          (choice) => this.#finishCall(call, choice),
        ];
      case 'ran':
        return [
          (choice) => this.#send(call, choice),
          (choice) => this.#send(call, choice),
          (choice) => this.#finishCall(call, choice),
        ];
      case 'cell':
        return this.#actionsOfCell(call);
    }
  }

  #actionsOfCell(call: OpenCall): readonly Action[] {
    const cell = `${call.id}:${call.turn}`;
    const actions: Action[] = [
      ({ text }) => this.#emit({ type: 'cell.printed', cell, text }),
      ({ text, number }) => {
        const kind = ['string', 'array', 'function'][number % 3] ?? 'string';
        this.#emit({
          type: 'variable.changed', cell, name: `v${number % 4}`, kind,
          size: kind === 'function' ? null : number, preview: text,
        });
      },
      ({ text, number }) => this.#finishCell(call, text, number),
    ];
    if (call.depth < MAX_DEPTH) {
      actions.push(
        ({ text, number }) => this.#answer(call, text, number),
        ({ text, number }) => this.#startCall(call, 'llm', text, number),
        ({ text, number }) => this.#startCall(call, 'llm', text, number),
        ({ text, number }) => this.#startCall(call, 'rlm', text, number),
      );
    }
    return actions;
  }

  #send(call: OpenCall, { number, text }: Choice): void {
    if (call.kind === 'rlm') {
      call.turn += 1;
      const messages = [
        { role: 'system' as const, content: 'You write code.' },
        { role: 'user' as const, content: text },
        { role: 'assistant' as const, content: text },
      ].slice(call.turn === 1 ? 0 : 1, 2 + (number % 2));
      this.#emit({ type: 'turn.started', call: call.id, turn: call.turn, messages }, number % 9);
    }
    call.attempt = 1;
    call.phase = 'asking';
    this.#emit({ type: 'call.sent', call: call.id, attempt: 1 }, number % 9);
  }

  #resend(call: OpenCall, number: number): void {
    call.attempt += 1;
    call.phase = 'asking';
    this.#emit({ type: 'call.sent', call: call.id, attempt: call.attempt }, number);
  }

  #spend(call: OpenCall, number: number, costUsd: number | null): void {
    const { usage } = call;
    call.usage = {
      input: usage.input + number,
      cachedInput: usage.cachedInput + Math.floor(number / 4),
      output: usage.output + (number % 700),
      reasoning: usage.reasoning + (number % 300),
      ...(number % 4 === 0 && { estimated: true }),
    };
    call.costUsd = call.costUsd === null || costUsd === null ? null : call.costUsd + costUsd;
  }

  #reply(call: OpenCall, choice: Choice): void {
    this.#spend(call, choice.number, choice.costUsd);
    if (call.kind === 'llm') {
      this.#finishCall(call, choice);
      return;
    }
    call.phase = 'replied';
    const soFar = { usage: call.usage, costUsd: call.costUsd };
    this.#emit({ type: 'turn.finished', call: call.id, turn: call.turn, finishReason: 'stop', soFar }, choice.number % 70);
  }

  #retryOrFail(call: OpenCall, choice: Choice): void {
    const reason = CAUSES[choice.number % CAUSES.length] ?? '';
    if (choice.number % 4 === 0) {
      this.#fail(call, choice);
    } else {
      call.phase = 'waiting';
      this.#emit({ type: 'call.retried', call: call.id, attempt: call.attempt, waitMs: choice.number, reason });
    }
  }

  #fail(call: OpenCall, { number, costUsd }: Choice): void {
    this.#open.delete(call.id);
    const spent = number % 3 === 0 ? {} : { usage: call.usage, ...(number % 3 === 1 && { costUsd }) };
    this.#emit({ type: 'call.failed', call: call.id, message: CAUSES[number % CAUSES.length] ?? '', ...spent });
  }

  #finishCall(call: OpenCall, { text, number }: Choice): void {
    this.#open.delete(call.id);
    this.#emit({
      type: 'call.finished', call: call.id, usage: call.usage, costUsd: call.costUsd, finishReason: 'stop',
      ...(call.kind === 'rlm' && { answer: text }),
    }, number % 20);
  }

  #startCell(call: OpenCall, code: string, number: number): void {
    call.phase = 'cell';
    const times = number % 2 === 0 ? { now: 1_700_000_000_000 + number, seed: number, budget: BUDGET } : {};
    this.#emit({ type: 'cell.started', call: call.id, turn: call.turn, cell: `${call.id}:${call.turn}`, code, ...times }, number % 3);
  }

  #answer(call: OpenCall, text: string, number: number): void {
    this.#emit({
      type: 'query.answered', cell: `${call.id}:${call.turn}`, query: number % 5, ok: number % 3 !== 0,
      call: call.children > 0 ? `${call.id}.${call.children}` : null,
      ...(number % 2 === 0 && { text }), now: 1_700_000_000_000 + number, budget: BUDGET,
    });
  }

  #finishCell(call: OpenCall, observation: string, number: number): void {
    call.phase = 'ran';
    const ok = number % 3 !== 0;
    this.#emit({
      type: 'cell.finished', cell: `${call.id}:${call.turn}`, ok, cpuMs: number / 7, waitMs: number, observation,
      ...(number % 4 === 0 && { stoppedAt: number, lost: true, emptied: ok }),
      ...(!ok && { error: { name: 'TypeError', message: observation, ...(number % 2 === 0 && { line: 3 }) } }),
    });
  }
}
