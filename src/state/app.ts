import type { Client } from '../worker/rpc.ts';
import type {
  DocumentMethods,
  DocumentNotice,
  EngineMethods,
  EngineNotice,
} from '../worker/protocol.ts';
import type { AlertsStore } from './alerts-store.ts';
import type { Commands } from './commands.ts';
import type { DeskStore } from './desk-store.ts';
import type { KeptStore } from './kept-store.ts';
import type { LibraryStore } from './library-store.ts';
import type { RunsStore } from './runs-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { SourceStore } from './source-store.ts';
import type { SurveyStore } from './survey-store.ts';

export type EngineClient = Client<EngineMethods, never, EngineNotice>;
export type DocumentsClient = Client<DocumentMethods, never, DocumentNotice>;

/** Everything the interface reads and may do. Made once in main.tsx. */
export interface App {
  readonly desk: DeskStore;
  readonly library: LibraryStore;
  readonly settings: SettingsStore;
  readonly runs: RunsStore;
  readonly alerts: AlertsStore;
  readonly kept: KeptStore;
  readonly survey: SurveyStore;
  readonly source: SourceStore;
  readonly commands: Commands;
  readonly samples: readonly SampleInfo[];
  readonly providers: readonly ProviderInfo[];
}

/** A kind of model that Settings offers: what the person sees of it. */
export interface ProviderInfo {
  /** As stored in run settings. */
  readonly id: string;
  readonly label: string;
  /** Where its API is; '' where the person says so; null where it needs no network. */
  readonly baseUrl: string | null;
  /** Models to begin with, '' where the person says so; `models` are others worth naming. */
  readonly rootModel: string;
  readonly subModel: string;
  readonly models: readonly string[];
  /** Whether it wants a key: `optional` where local servers want none. */
  readonly key: 'none' | 'optional' | 'required';
  /** One or two sentences: what it is, what it needs (CORS, local network). */
  readonly notes: string;
  /** Where keys are made, or how to set it up; null where there is nothing to read. */
  readonly help: string | null;
}

/** A sample on the first-visit page; its documents are generated when it is opened. */
export interface SampleInfo {
  readonly id: string;
  /** File name, or what the set of files is called. */
  readonly title: string;
  /** E.g. «40 letters and reports». */
  readonly description: string;
  readonly question: string;
  /** Rough tokens of all its documents (characters / 4). */
  readonly tokens: number;
}
