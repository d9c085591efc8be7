import type { ConnectionCheck } from '../worker/protocol.ts';
import type { AlertsStore } from './alerts-store.ts';
import type { DocumentsClient, EngineClient, SampleInfo } from './app.ts';
import type { DeskStore } from './desk-store.ts';
import type { KeptStore } from './kept-store.ts';
import type { Kept } from './kept.ts';
import type { LibraryStore } from './library-store.ts';
import type { RunsStore } from './runs-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { SourceStore } from './source-store.ts';
import type { SurveyStore } from './survey-store.ts';

/** Everything that commands need: stores, workers, and what differs in a test. */
export interface CommandDeps {
  readonly desk: DeskStore;
  readonly library: LibraryStore;
  readonly settings: SettingsStore;
  readonly runs: RunsStore;
  readonly alerts: AlertsStore;
  readonly kept: KeptStore;
  readonly survey: SurveyStore;
  readonly source: SourceStore;
  readonly engine: EngineClient;
  readonly documents: DocumentsClient;
  readonly samples: readonly SampleInfo[];
  /** `name@version` written into trajectories. */
  readonly appVersion: string;
  /** Whether the browser's own model can be asked; from a click it also begins its download. */
  readonly checkBrowserModel?: () => Promise<ConnectionCheck>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Loads what keeps runs and documents on this device. */
  readonly loadKept: () => Promise<Kept>;
  /** Calls `listener` when the page is hidden or left: the last chance to write. */
  readonly onLeave: (listener: () => void) => void;
  /** Asks the browser not to clear what is kept when room gets short. */
  readonly persist: () => void;
}

/** What went wrong, in words. */
export const sentence = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
