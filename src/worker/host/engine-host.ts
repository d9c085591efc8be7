import { assertUnreachable } from '../../base/assert.ts';
import { citeAnswer } from '../../documents/citations/cite.ts';
import type { SourceDocument } from '../../documents/document.ts';
import type { Clock, Controls, Ports } from '../../engine/engine.ts';
import { previewPrompt } from '../../engine/preview-prompt.ts';
import { PROFILES } from '../../engine/prompts/profiles.ts';
import { runQuestion } from '../../engine/run-question.ts';
import { createControls } from '../../engine/steering.ts';
import { besidePerson, createPersonModel, type PersonModel } from '../../models/person-model.ts';
import { createPageModel } from '../../models/page-model.ts';
import type { Model } from '../../models/port.ts';
import { keyUrlOf } from '../../models/endpoint.ts';
import type { Repl } from '../../repl/port.ts';
import type { Fact } from '../../trajectory/events.ts';
import { append } from '../../trajectory/log.ts';
import { whyNotResumable } from '../../trajectory/resumable.ts';
import type { RunSettings } from '../../trajectory/settings.ts';
import type { ConnectionCheck, EngineMethods, EngineNotice, StartRun, SteerCommand } from '../protocol.ts';
import { serve, type Channel } from '../rpc.ts';
import { createEventSender } from './event-sender.ts';
import { estimateOf, modelFactsOf } from './cost-facts.ts';
import { createKeyRing, type KeyStore } from './key-ring.ts';
import { createLateHashes, type LateHashes } from './late-hashes.ts';
import type { RunModel } from './run-model.ts';
import { createReplKeeper, type LentRepl } from './warm-repl.ts';
import { withoutKeys } from './without-keys.ts';

/** What the host composes; a test puts its own in. */
export interface EngineParts {
  readonly keys: KeyStore;
  createModel(settings: RunSettings, key: () => string | null, browserModel: Model): Promise<RunModel>;
  /** A REPL of the run's own over its documents. */
  createRepl(documents: readonly SourceDocument[]): RunRepl;
  checkConnection(baseUrl: string, key: string | null, provider?: string): Promise<ConnectionCheck>;
  /** @param from Milliseconds that the run has behind it. */
  createClock(from: number): Clock;
}

export interface RunRepl extends Repl {
  /** Ends the REPL and all its sessions. */
  dispose(): void;
}

const NO_PRICES = { price: () => null };

interface Running {
  readonly controller: AbortController;
  readonly hashes: LateHashes;
  readonly controls: Controls;
  readonly person: PersonModel;
}

/**
 * Serves the engine on `channel`. Keys live in this closure: they go to their own endpoint and
 * nowhere else, and what is posted is searched for them once more.
 */
export function serveEngine(channel: Channel, parts: EngineParts): void {
  const ring = createKeyRing(parts.keys);
  const running = new Map<string, Running>();
  const repls = createReplKeeper((documents) => parts.createRepl(documents));
  const page = createPageModel({
    ask: (request, messages) => server.notify({ kind: 'page-model', request, messages }),
    cancel: (request) => server.notify({ kind: 'page-model-cancelled', request }),
  });

  const server = serve<EngineMethods, EngineNotice, never>(channel, {
    setKey: ({ baseUrl, key, remember }) => ring.set(baseUrl, key, remember),
    rememberKey: ({ baseUrl, remember }) => ring.remember(baseUrl, remember),
    keyState: ({ baseUrl }) => ring.state(baseUrl),
    forgetKeys: async () => {
      await ring.forget();
      return null;
    },
    checkConnection: async ({ baseUrl, key, provider }) =>
      parts.checkConnection(baseUrl, key ?? (await ring.get(baseUrl)), provider),
    prepare: async ({ settings }) => {
      // Settings that cannot run say so when they are used.
      await parts.createModel(settings, () => null, page.model).catch(() => null);
      return null;
    },
    start: async (request) => {
      if (running.has(request.run)) throw new Error('This run has been started already.');
      const { past = [] } = request;
      if (past.some(({ type }) => type === 'run.finished')) return null;
      const why = past.length > 0 ? whyNotResumable(past) : null;
      if (why !== null) throw new Error(why);
      const hashes = createLateHashes(request);
      const mine = { controller: new AbortController(), hashes, controls: createControls(), person: createPersonModel() };
      running.set(request.run, mine);
      try {
        // A remembered key is loaded now, so that a request finds it at once.
        const keyUrl = keyUrlOf(request.settings);
        await ring.get(keyUrl);
        const key = () => ring.held(keyUrl);
        const model = await parts.createModel(request.settings, key, page.model);
        void run(request, model, repls.lend(request), mine);
      } catch (error) {
        running.delete(request.run);
        throw error;
      }
      return null;
    },
    steer: ({ run: id, command }) => {
      const controls = running.get(id)?.controls;
      if (controls) steer(controls, command);
      return null;
    },
    reply: ({ run: id, text }) => {
      running.get(id)?.person.reply(text);
      return null;
    },
    previewPrompt: async (request) => {
      // Settings that cannot run have a prompt all the same.
      const facts = await parts.createModel(request.settings, () => null, page.model).catch(() => NO_PRICES);
      return previewPrompt(request, facts);
    },
    promptProfiles: () => PROFILES.map(({ id, label, hint, template }) => ({ id, label, hint, template })),
    estimate: estimateOf,
    modelFacts: modelFactsOf,
    pageModelText: ({ request, text }) => {
      page.text(request, text);
      return null;
    },
    pageModelEnd: ({ request, error }) => {
      page.end(request, error);
      return null;
    },
    stop: ({ run: id }) => {
      running.get(id)?.controller.abort();
      return null;
    },
    hashed: ({ run: id, document, sha256 }) => {
      running.get(id)?.hashes.add(document, sha256);
      return null;
    },
  });

  const run = async (
    { run: id, past = [], ...request }: StartRun,
    { model, price, windowTokens }: RunModel,
    { repl, warm, giveBack }: LentRepl,
    { controller, hashes, controls, person }: Running,
  ) => {
    const clock = parts.createClock(past.at(-1)?.at ?? 0);
    const sender = createEventSender((batch) => server.notify({ kind: 'events', run: id, batch }));
    let { length } = past;
    const log = (fact: Fact) => {
      sender.push(withoutKeys(append({ length: length++ }, fact, clock.now()), ring.all));
    };
    const emit = (fact: Fact) => {
      if (fact.type === 'run.finished') hashes.end();
      log(fact);
      // The first fact opens the log; hashes come after it.
      hashes.begin(log);
    };
    try {
      const documents = request.documents.map(({ info }) => info);
      const cite: Ports['cite'] = (answer, format, signal) =>
        citeAnswer(answer, format, request.documents, signal, { question: request.question });
      const ports = { model: besidePerson(person, model), price, windowTokens, repl, clock, emit, controls, warm, cite };
      await runQuestion({ ...request, documents }, ports, controller.signal, past);
    } finally {
      running.delete(id);
      giveBack();
    }
  };
}

function steer(controls: Controls, command: SteerCommand): void {
  switch (command.do) {
    case 'pause':
      controls.pause();
      break;
    case 'step':
      controls.step(command.code);
      break;
    case 'go-on':
      controls.goOn(command.code);
      break;
    case 'decline':
      controls.decline();
      break;
    default:
      assertUnreachable(command);
  }
}
