import type { PriceEstimate } from '../../models/port.ts';
import type { Repl } from '../../repl/port.ts';
import type { EventOf, EventType, Fact, TrajectoryEvent } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../trajectory/settings.ts';
import type { Clock, Controls, EarlierRun, Ports, RunRequest, WarmRepl } from '../engine.ts';
import { runQuestion } from '../run-question.ts';
import { faultsOfLog } from './check-log.ts';
import { createControls } from '../steering.ts';
import { createFakeRepl, type TestText } from './fake-repl.ts';
import { createScriptedModel, scriptKey, type Script } from './scripted-model.ts';
import { createTestClock } from './test-clock.ts';

export interface ScriptedRun extends Script {
  readonly question?: string;
  readonly method?: string;
  readonly settings?: Partial<RunSettings>;
  /** Texts by name; one short text where absent. */
  readonly documents?: readonly TestText[];
  readonly price?: PriceEstimate;
  /** What the list knows of models' windows, tokens. */
  readonly windowTokens?: (model: string) => number | null;
  /** Presses Stop as this event is logged. */
  readonly stopAt?: (event: TrajectoryEvent) => boolean;
  readonly onOpen?: (count: number) => void;
  /** Puts something around the REPL. */
  readonly wrap?: (repl: Repl) => Repl;
  /** The runs before it in its conversation. */
  readonly before?: readonly EarlierRun[];
  /** The person who steers: told of each event, and of the virtual time. */
  readonly person?: (controls: Controls, event: TrajectoryEvent, clock: Clock) => void;
  readonly warm?: WarmRepl;
  /** Looks up what the answer quotes. */
  readonly cite?: Ports['cite'];
  /** Goes on with the run of this log. */
  readonly past?: readonly TrajectoryEvent[];
}

/**
 * Runs a scripted question to its end over fake ports, in virtual time.
 * @throws Error when its log breaks a rule of every log, or a timer is left behind.
 */
export async function runScript(script: ScriptedRun) {
  const texts = script.documents ?? [{ name: 'a.txt', text: 'The secret word is plum.' }];
  const past = script.past ?? [];
  const clock = createTestClock(() => 0.5, past.at(-1)?.at ?? 0);
  const model = createScriptedModel(script, clock, answeredIn(past));
  const repl = createFakeRepl(
    Object.fromEntries(texts.map((text, index) => [`d${index}`, text])),
    script.onOpen ? { onOpen: script.onOpen } : {},
  );
  const controller = new AbortController();
  const events: TrajectoryEvent[] = [...past];
  const controls = script.person && createControls();
  const emit = (fact: Fact) => {
    const event = append(events, fact, clock.now());
    events.push(event);
    if (controls) script.person?.(controls, event, clock);
    if (script.stopAt?.(event)) controller.abort();
  };
  const request: RunRequest = {
    question: script.question ?? 'Q',
    method: script.method ?? 'rlm',
    settings: { ...DEFAULT_SETTINGS, ...script.settings },
    ...(script.before && { before: script.before }),
    documents: texts.map(({ name, text }, index) => ({
      id: `d${index}`,
      name,
      kind: 'text',
      chars: text.length,
      lines: text.split('\n').length,
      bytes: text.length,
      sha256: '',
    })),
  };
  const price = script.price ?? (() => 0);
  const steered = { ...(controls && { controls }), ...(script.warm && { warm: script.warm }), ...(script.cite && { cite: script.cite }) };
  const ports = { model, price, ...(script.windowTokens && { windowTokens: script.windowTokens }), repl: script.wrap?.(repl) ?? repl, clock, emit, ...steered };
  await runQuestion(request, ports, controller.signal, past);
  const faults = faultsOfLog(events);
  if (faults.length > 0) throw new Error(`The log is not valid: ${faults.join('; ')}`);
  if (clock.sleeping > 0) throw new Error('The run left a sleeper behind.');
  const end = events.at(-1);
  if (end?.type !== 'run.finished') throw new Error('The run did not finish.');
  return { events, end, model, repl, clock, of: <T extends EventType>(type: T) => ofType(events, type) };
}

/** How many replies of a script a log has used up. */
export function answeredIn(events: readonly TrajectoryEvent[]): Map<string, number> {
  const used = new Map<string, number>();
  const keys = new Map<string, string>();
  /** Took the reply of another: no reply of the script is used up. */
  const sharers = new Set<string>();
  for (const event of events) {
    if (event.type === 'call.started') {
      keys.set(event.call, scriptKey(event.kind, event.prompt));
      if (event.shares !== undefined) sharers.add(event.call);
    }
    if (event.type === 'call.sent') sharers.delete(event.call);
    const isReply =
      event.type === 'turn.finished' ||
      event.type === 'call.retried' ||
      ((event.type === 'call.finished' || event.type === 'call.failed') &&
        keys.get(event.call)?.startsWith('llm '));
    if (!isReply || sharers.has(event.call)) continue;
    const key = keys.get(event.call) ?? '';
    used.set(key, (used.get(key) ?? 0) + 1);
  }
  return used;
}

function ofType<T extends EventType>(events: readonly TrajectoryEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

/** A reply that runs `code`. */
export function cell(code: string): string {
  return `I do this.\n\`\`\`repl\n${code}\n\`\`\``;
}
