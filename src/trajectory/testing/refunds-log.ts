import { FORMAT, FORMAT_VERSION } from '../events.ts';
import type { Log } from '../log.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import * as script from './refunds-script.ts';
import { policyRule, rowsReply, tickets } from './refunds-tickets.ts';
import { llmCall, rlmCall, ROOT_MODEL, SUB_MODEL } from './scripted-calls.ts';
import type { Ask, Child } from './scripted-calls.ts';
import { seeded, Simulation } from './simulation.ts';
import type { Process } from './simulation.ts';

/**
 * The run that the pictures of the look show, as a finished log: 6 root turns, 151 calls (fan-outs
 * of 36, 40, 64 and 8, two `rlm` children), retries, one failed call, 0.34 USD, 2:24. Invented, the
 * same on every call, and valid to the last event: screens are developed and tests run against it.
 */
export function refundsLog(): Log {
  const simulation = new Simulation(12);
  simulation.run(story(simulation));
  return {
    header: { format: FORMAT, version: FORMAT_VERSION, app: 'matryoshka@0.1.0', startedAt: '2026-07-01T10:00:00.000Z' },
    events: simulation.events,
  };
}

function* story(run: Simulation): Process {
  run.emit({
    type: 'run.started',
    question: script.QUESTION,
    method: 'rlm',
    settings: {
      ...DEFAULT_SETTINGS,
      provider: 'openai-compatible',
      baseUrl: 'https://api.openai.com/v1',
      rootModel: ROOT_MODEL,
      subModel: SUB_MODEL,
      maxDepth: 2,
      parallelSubCalls: 12,
    },
    documents: [
      {
        id: 'd1',
        name: 'support-tickets.jsonl',
        kind: 'text',
        chars: 41_110_204,
        lines: 61_408,
        bytes: 41_234_880,
        sha256: '5f0e'.repeat(16),
      },
      {
        id: 'd2',
        name: 'policy-2025.pdf',
        kind: 'pdf',
        chars: 591_914,
        lines: 9_120,
        bytes: 1_804_221,
        sha256: 'c3a9'.repeat(16),
        pages: 212,
      },
    ],
  });
  yield* rlmCall(run, root(run));
  run.emit({
    type: 'run.finished',
    outcome: 'answered',
    answer: script.ANSWER,
    citations: script.QUOTES.map(({ quote, document, from }) => ({ quote, document, from, to: from + quote.length })),
  });
}

function root(run: Simulation): Child {
  return {
    id: '0',
    parent: null,
    cell: null,
    line: null,
    depth: 0,
    model: ROOT_MODEL,
    question: script.QUESTION,
    contextChars: 41_702_118,
    opening: [
      { role: 'system', content: script.SYSTEM },
      { role: 'user', content: script.METADATA },
    ],
    turns: [...script.ROOT_TURNS, script.FINAL_TURN],
    pace: [[3_900, 1_600], [4_600, 2_200], [1_700, 1_500], [11_400, 5_200], [6_800, 2_600], [2_400, 2_600]],
    thinkTokens: 1_450,
    variables: [
      [],
      [
        ['hits', 'array', 18_204, '[{document: 0, line: 4, text: "{\\"id\\":70004,…"}, … 18,203 more]'],
        ['ids', 'Set', 6_911, 'Set(6911) {4, 9, 17, …}'],
        ['lines', 'array', 61_408, '["{\\"id\\":70001,…", … 61,407 more]'],
        ['tickets', 'array', 6_911, '[{id: 70004, region: "EMEA", …}, … 6,910 more]'],
      ],
      [
        ['sample', 'array', 36, '["Which wordings promise money back? One a line…", … 35 more]'],
        ['kinds', 'array', 36, '["within five business days\\nput the refund…", … 35 more]'],
        ['wordings', 'array', 9, '["within five business days", "goes out with", … 7 more]'],
        ['tickets', 'array', 1_200, '[{id: 70011, region: "APAC", …}, … 1,199 more]'],
      ],
      [
        ['rule', 'string', 4_570, '"7.3 Refunds promised to a customer\\n(1) …"'],
        ['batches', 'array', 40, '[[{id: 70011, …}, … 29 more], … 39 more]'],
        ['rows', 'array', 921, '[{id: 88213, region: "EMEA", paid: false}, … 920 more]'],
        ['elsewhere', 'object', 2, '{n: 17, pairs: [[71120, 70877], …]}'],
        ['back', 'object', 2, '{n: 26, reopened: [70412, …]}'],
      ],
      [
        ['unpaid', 'array', 214, '[{id: 88213, region: "EMEA", …}, … 213 more]'],
        ['missing', 'array', 0, '[]'],
        ['checks', 'array', 8, '["none", "none", … 6 more]'],
        ['byRegion', 'object', 4, '{EMEA: Array(93), "North America": Array(61), …}'],
      ],
      [['report', 'string', script.ANSWER.length, JSON.stringify(script.ANSWER.slice(0, 60))]],
    ],
    subCalls: (turn) => rootSubCalls(run, turn),
    answer: script.ANSWER,
  };
}

function rootSubCalls(run: Simulation, turn: number): readonly Process[] {
  const random = seeded(turn);
  const ask = (n: number, line: number, prompt: string, reply: string, ms: number, fault?: Ask['fault']) =>
    llmCall(run, {
      id: `0.${n}`, cell: `0:${turn}`, line, depth: 1, prompt, reply, ms, ...(fault && { fault }),
    });
  if (turn === 3) {
    return Array.from({ length: 36 }, (_, i) => {
      const prompt = `Which wordings promise money back? One a line, no others.\n\n${texts(tickets(300 + i, 24))}`;
      const reply = 'within five business days\nput the refund of\ngoes out with\nwill return\nto the card you paid with';
      return ask(1 + i, 3, prompt, reply, 4_000 + random() * 3_600, i === 16 ? 'retry' : undefined);
    });
  }
  if (turn === 4) {
    const rule = policyRule();
    const calls = Array.from({ length: 40 }, (_, i) => {
      const batch = tickets(400 + i, 30);
      const prompt = `\n  ${rule}\n  For each ticket: was a refund promised?\n  Was it paid? Reply in JSON lines:\n  {id, region, promised, paid, quote}\n  tickets ${i} of 40\n${texts(batch)}`;
      return ask(37 + i, 4, prompt, rowsReply(batch), 8_000 + random() * 5_500, i === 21 || i === 30 ? 'retry' : undefined);
    });
    return [...calls, rlmCall(run, merged(run)), rlmCall(run, reopened())];
  }
  if (turn === 5) {
    return Array.from({ length: 8 }, (_, i) => {
      const rows = rowsReply(tickets(500 + i, 108));
      return ask(79 + i, 4, `Name every id below whose thread does not promise money back.\n${rows}`, 'none', 3_000 + random() * 2_000);
    });
  }
  return [];
}

function merged(run: Simulation): Child {
  const random = seeded(77);
  return {
    ...child('0.77', script.MERGED_QUESTION, 11, 1_048_576),
    turns: script.MERGED_TURNS,
    pace: [[4_200, 1_800], [4_600, 1_900], [1_500, 1_200]],
    variables: [
      [['merged', 'array', 1_940, '["#70009 EMEA…", … 1,939 more]']],
      [['pairs', 'array', 611, '[["#71120 EMEA…", "#70877 EMEA…"], … 610 more]']],
      [['replies', 'array', 64, '["71120 = 70877", "none of the 10 pairs share a payment reference", … 62 more]']],
    ],
    subCalls: (turn) =>
      turn !== 3
        ? []
        : Array.from({ length: 64 }, (_, i) => {
            const prompt = `Which pairs share one payment reference? Ids only.\n${texts(tickets(7_700 + i, 20))}`;
            const reply = i % 15 === 3 ? `${71_120 + i} = ${70_877 + i}` : 'none of the 10 pairs share a payment reference';
            return llmCall(run, {
              id: `0.77.${i + 1}`,
              cell: '0.77:3',
              line: 2,
              depth: 2,
              prompt,
              reply,
              ms: 3_200 + random() * 2_600,
              ...(i === 23 && { fault: 'fail' as const }),
              ...(i === 40 && { fault: 'retry' as const }),
            });
          }),
    answer: script.MERGED_ANSWER,
  };
}

function reopened(): Child {
  return {
    ...child('0.78', script.REOPENED_QUESTION, 14, 204_800),
    turns: script.REOPENED_TURNS,
    pace: [[6_000, 1_200], [7_400, 1_500], [9_800, 2_600]],
    variables: [[], [['reopened', 'array', 26, '["#70412 EMEA, closed 2025-02-11…", … 25 more]']], []],
    subCalls: () => [],
    answer: script.REOPENED_ANSWER,
  };
}

function child(id: string, question: string, line: number, contextChars: number) {
  return {
    id,
    parent: '0',
    cell: '0:4',
    line,
    depth: 1,
    model: SUB_MODEL,
    question,
    contextChars,
    opening: [
      { role: 'system', content: script.SYSTEM },
      { role: 'user', content: `Question: ${question}\n\n\`context\` is one text of ${contextChars} characters.` },
    ],
    thinkTokens: 1_900,
  } as const;
}

const texts = (list: readonly { readonly text: string }[]): string => list.map(({ text }) => text).join('\n---\n');
