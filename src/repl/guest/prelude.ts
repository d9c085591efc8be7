import { makeConversation } from './conversation.ts';
import { makeDeterminism } from './determinism.ts';
import { makeFinish } from './finish.ts';
import { makeGrep } from './grep.ts';
import { makeHeal } from './heal.ts';
import { makeInspect } from './inspect.ts';
import { makeLazyTexts } from './lazy-texts.ts';
import { makeTextOps } from './make-text-ops.ts';
import { makeExecLoops } from './exec-loops.ts';
import { makeFindBatches } from './find-batches.ts';
import { makeIndexLoops } from './index-loops.ts';
import { makePackedMatches } from './packed-matches.ts';
import { makeOutput } from './output.ts';
import { capturePrimordials } from './primordials.ts';
import { makePromises } from './promises.ts';
import { makeQueries } from './queries.ts';
import { makeReports } from './reports.ts';
import { makeSearch } from './search.ts';
import { makeTextArguments } from './text-arguments.ts';
import { makeTextCalls } from './text-calls.ts';
import { defineLines } from './string-lines.ts';
import { makeTextCopies } from './text-copies.ts';
import { makeTextUnits } from './text-units.ts';
import { makeVariables } from './variables.ts';
import type { Conversation } from './conversation.ts';
import type { Determinism } from './determinism.ts';
import type { Finish } from './finish.ts';
import type { Grep } from './grep.ts';
import type { Heal } from './heal.ts';
import type { Inspect } from './inspect.ts';
import type { Output } from './output.ts';
import type { Primordials } from './primordials.ts';
import type { Promises } from './promises.ts';
import type { Queries } from './queries.ts';
import type { TextCopies } from './text-copies.ts';
import type { TextHost } from './text-host.ts';
import type { TextOps } from './text-ops.ts';
import type { Variables } from './variables.ts';

/**
 * What the guest may call on the host. A text travels with its length, by which the host sees
 * that a C string could not carry it (see `guest-text.ts`).
 */
export interface GuestHost {
  print(text: string, length: number): void;
  llm(id: number, prompt: string, length: number, model: string, batch: number, stack: string): void;
  /** Adds a text to the context of the `rlm` call that follows. */
  text(name: string, text: string, length: number): void;
  /** Adds units [from, to) of the host's text `ref` to it, uncopied. */
  textRange(name: string, ref: number, from: number, to: number): void;
  rlm(
    id: number,
    question: string,
    length: number,
    shape: 'own' | 'single' | 'several',
    stack: string,
  ): void;
  /** Answers with JSON: `{matches}`, with `stoppedAt` where a limit of ours ended it, or `{error}`. */
  grep(request: string, length: number): string;
  /** Where the session has it: answers with JSON, `{found}` or `{error}`. */
  search?(request: string, length: number): string;
  /** Hands over one of the results of a cell. */
  result(slot: ResultSlot, text: string, length: number): void;
}

/** `finalJson` is `final` where the value is an object or an array, and the text strictly JSON. */
export type ResultSlot = 'report' | 'final' | 'finalJson' | 'draft' | 'variables';

interface Parts {
  readonly capturePrimordials: () => Primordials;
  readonly makeDeterminism: (p: Primordials) => Determinism;
  readonly makeHeal: (p: Primordials) => Heal;
  readonly makeInspect: (p: Primordials) => Inspect;
  readonly makePromises: (p: Primordials, inspect: Inspect) => Promises;
  readonly makeOutput: typeof makeOutput;
  readonly makeQueries: typeof makeQueries;
  readonly makePackedMatches: typeof makePackedMatches;
  readonly makeTextArguments: typeof makeTextArguments;
  readonly makeFindBatches: typeof makeFindBatches;
  readonly makeTextOps: typeof makeTextOps;
  readonly makeIndexLoops: typeof makeIndexLoops;
  readonly makeExecLoops: typeof makeExecLoops;
  readonly makeTextUnits: typeof makeTextUnits;
  readonly makeTextCopies: (p: Primordials, ops: TextOps) => TextCopies;
  readonly makeLazyTexts: typeof makeLazyTexts;
  readonly defineLines: (p: Primordials) => void;
  readonly makeTextCalls: typeof makeTextCalls;
  readonly makeVariables: (p: Primordials, inspect: Inspect) => Variables;
  readonly makeFinish: typeof makeFinish;
  readonly makeGrep: typeof makeGrep;
  readonly makeReports: typeof makeReports;
  readonly makeSearch: typeof makeSearch;
  readonly makeConversation: (p: Primordials, variables: Variables) => Conversation;
}

/**
 * Builds the guest's side of a REPL and installs its names. Returns the functions the host calls;
 * they are never reachable from a cell.
 */
export function makeGuest(
  parts: Parts,
  host: GuestHost & { readonly texts: TextHost },
  printing: 'notebook' | 'string',
) {
  const p = parts.capturePrimordials();
  const determinism = parts.makeDeterminism(p);
  const heal = parts.makeHeal(p);
  const inspect = parts.makeInspect(p);
  const packed = parts.makePackedMatches(p, host.texts);
  const values = parts.makeTextArguments(p);
  const finds = parts.makeFindBatches(p, host.texts, values);
  const textOps = parts.makeTextOps(p, host.texts, values, packed, finds);
  const units = parts.makeTextUnits(p, textOps.ops);
  const copies = parts.makeTextCopies(p, textOps.ops);
  const lazyTexts = parts.makeLazyTexts(p, inspect, textOps.ops, units, copies);
  // After the lazy texts, which take the methods that strings have of themselves.
  parts.defineLines(p);
  packed.setInput(lazyTexts.make);
  const textCalls = parts.makeTextCalls(
    p,
    textOps,
    lazyTexts.subjectOf,
    parts.makeIndexLoops(p, host.texts),
    (otherwise) => parts.makeExecLoops(p, host.texts, textOps, otherwise),
  );
  const promises = parts.makePromises(p, inspect);
  const output: Output = parts.makeOutput(p, host, inspect, promises, printing);
  const queries: Queries = parts.makeQueries(p, host, inspect, promises);
  const variables = parts.makeVariables(p, inspect);
  const finish: Finish = parts.makeFinish(p, inspect, promises, variables, output.note);
  const reports = parts.makeReports(p, inspect, promises, variables, finish);
  const grep: Grep = parts.makeGrep(p, host, inspect, output.note);
  const { search, view } = parts.makeSearch(p, host, inspect);
  inspect.knowView(view);
  const conversation = parts.makeConversation(p, variables);
  const given: unknown[] = [];
  const refs: number[] = [];
  let budgetJson = 'null';

  /** What `return value` at the top of a cell throws, so that it may stand anywhere. */
  class Returned {
    readonly value: unknown;
    constructor(value: unknown) {
      this.value = value;
    }
  }

  const { print } = output;
  const tools: Record<string, unknown> = {
    print,
    console: p.freeze({
      log: print,
      info: print,
      warn: print,
      error: print,
      debug: print,
      dir: (value: unknown) => print(value),
      table: (value: unknown) => print(value),
    }),
    ...queries.functions,
    ...finish.functions,
    grep: grep.grep,
    ...(host.search ? { search } : {}),
    SHOW_VARS: variables.table,
    budget: (): unknown => p.parse(budgetJson),
    context: undefined,
    documents: undefined,
    globalThis,
  };
  const names = p.ownKeys(tools) as string[];

  /** Puts our names back where a cell has overwritten them. @returns those it had to, and those it could not. */
  function install(): { readonly lost: readonly string[]; readonly locked: readonly string[] } {
    const lost: string[] = [];
    const locked: string[] = [];
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const now = p.getOwnPropertyDescriptor(globalThis, name);
      if (now && p.hasOwn(now, 'value') && now.value === tools[name]) continue;
      if (now) lost[lost.length] = name;
      if (!conversation.put(name, tools[name])) locked[locked.length] = name;
    }
    return { lost, locked };
  }

  // What the transformed cell calls; it cannot be replaced.
  p.defineProperty(globalThis, '__repl', {
    value: p.freeze({
      float: promises.float,
      returned: (value: unknown) => new Returned(value),
      on: textCalls.on,
      indexOf: textCalls.indexOf,
      exec: textCalls.exec,
      test: textCalls.test,
      isText: textCalls.isText,
      typeOf: textCalls.typeOf,
    }),
  });

  function listed(...parts: string[]): string {
    let list = '';
    for (let i = 0; i < parts.length; i++) {
      if (parts[i] !== '') list += (list === '' ? '' : ', ') + parts[i];
    }
    return list;
  }

  function send(slot: ResultSlot, text: string) {
    host.result(slot, text, text.length);
  }

  return {
    /** Gives the guest the next text of its context: the host's number of it, and the string or its length. */
    give(ref: number, text: string | number): void {
      refs[refs.length] = ref;
      given[given.length] =
        typeof text === 'string' ? text : lazyTexts.make({ ref, from: 0, to: text });
    },
    /** All texts are given: makes `context` and `documents` of them, once. */
    begin(single: boolean, documentsJson: string): void {
      const documents = p.parse(documentsJson) as { readonly name: string }[];
      const names: string[] = [];
      for (let i = 0; i < documents.length; i++) {
        const document = documents[i] as { readonly name: string };
        names[i] = document.name;
        p.freeze(document);
      }
      const context = single && given.length > 0 ? given[0] : p.freeze(given);
      tools.context = context;
      tools.documents = p.freeze(documents);
      queries.setContext(context, refs, names);
      install();
      variables.begin();
      conversation.renew();
    },
    /**
     * Between two runs: adds to `history`, and takes back what ended the last one.
     * @returns what a cell has changed that no run could do without, '' for nothing.
     */
    remember(question: string, answer: string): string {
      finish.reset();
      const { spoiled: beyond } = heal();
      conversation.remember(question, answer);
      return listed(beyond, p.arrayJoin(install().locked, ', '), conversation.renew());
    },
    /** Before each cell: its budget as JSON, its time (ms since 1970) and its seed (32-bit integer). */
    prepare(budget: string, now: number, seed: number): void {
      budgetJson = budget;
      determinism.begin(now, seed);
      textCalls.forget();
      grep.reset();
      promises.reset();
      output.reset();
      queries.reset();
      finish.reset();
      install();
    },
    /** A reply, with the budget that is left and the time (ms since 1970) it came at. */
    settle(id: number, ok: boolean, text: string, budget: string, now: number): void {
      budgetJson = budget;
      determinism.at(now);
      queries.settle(id, ok, text);
    },
    /** The cell's code came to its end; `value` is shown if it `echoes`. */
    ended(echoes: boolean, completion: { value: unknown } | undefined): void {
      if (echoes) output.echo(completion?.value);
      finish.conclude();
    },
    /** The cell's code threw. @returns the error as JSON, '' where it was a `return`. */
    threw(error: unknown): string {
      if (error instanceof Returned) {
        output.echo(error.value);
        finish.conclude();
        return '';
      }
      finish.conclude();
      return reports.describe(error);
    },
    describe: reports.describe,
    /** Promises that the output or the final value still waits for. */
    waiting: promises.waiting,
    /** Nothing will settle what is still waited for: prints it as it is. */
    giveUp: output.giveUp,
    /** The cell is over: tells how it ended. What it made is asked for piece by piece. */
    finish(): void {
      const { healed, spoiled: beyond } = heal();
      if (healed !== '') {
        output.note(healed + ': nothing works with this changed, so it is as it was again');
      }
      textCalls.forget();
      const { lost, locked } = install();
      const spoiled = listed(beyond, p.arrayJoin(locked, ', '), conversation.locked());
      if (lost.length > 0) {
        output.note(
          p.arrayJoin(lost, ', ') +
            ': a name of the REPL, so what this cell put there is gone again; use another name',
        );
      }
      send('report', reports.report(spoiled));
    },
    final(): void {
      if (finish.via() === null) return;
      const { text, format } = finish.finalText();
      send(format === 'json' ? 'finalJson' : 'final', text);
    },
    draft(brief: boolean): void {
      const draft = finish.draft(brief);
      if (draft !== null) send('draft', draft);
    },
    variables(): void {
      send('variables', reports.changedVariables());
    },
    /** A text as JSON, which a C string carries whatever is in it. */
    escape: p.quote,
    /** A string of `length` characters of its own, for the host to write over. */
    blank(length: number, wide: boolean): string {
      return p.padEnd('', length, p.repeat(wide ? '\u4e00' : 'a', length < 65536 ? length : 65536));
    },
  };
}

export type Guest = ReturnType<typeof makeGuest>;

/**
 * The guest's code as one expression: a function of the host's functions and the way of printing.
 * It keeps the global object under its own name: a cell may set or delete that one too.
 */
export const PRELUDE = `((globalThis) => (host, printing) => {
'use strict';
return (${String(makeGuest)})({
  capturePrimordials: ${String(capturePrimordials)},
  makeDeterminism: ${String(makeDeterminism)},
  makeHeal: ${String(makeHeal)},
  makeInspect: ${String(makeInspect)},
  makePromises: ${String(makePromises)},
  makeOutput: ${String(makeOutput)},
  makeQueries: ${String(makeQueries)},
  makePackedMatches: ${String(makePackedMatches)},
  makeTextArguments: ${String(makeTextArguments)},
  makeFindBatches: ${String(makeFindBatches)},
  makeTextOps: ${String(makeTextOps)},
  makeIndexLoops: ${String(makeIndexLoops)},
  makeExecLoops: ${String(makeExecLoops)},
  makeTextUnits: ${String(makeTextUnits)},
  makeTextCopies: ${String(makeTextCopies)},
  makeLazyTexts: ${String(makeLazyTexts)},
  defineLines: ${String(defineLines)},
  makeTextCalls: ${String(makeTextCalls)},
  makeVariables: ${String(makeVariables)},
  makeFinish: ${String(makeFinish)},
  makeGrep: ${String(makeGrep)},
  makeReports: ${String(makeReports)},
  makeSearch: ${String(makeSearch)},
  makeConversation: ${String(makeConversation)},
}, host, printing);
})(globalThis)`;
