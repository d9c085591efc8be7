import type {
  ConnectionCheck,
  EstimateRequest,
  FoundFile,
  KeyState,
  ModelFacts,
  PromptPreview,
  PromptProfile,
  PromptRequest,
  RunEstimate,
  SteerCommand,
} from '../worker/protocol.ts';
import type { RunSettings } from '../trajectory/settings.ts';
import type { Preferences } from './settings-store.ts';
import type { SourceReader } from './source-commands.ts';
import type { SourceView } from './source-store.ts';
import type { PrunedFolder } from './survey-store.ts';

/** Kinds of file the Export menu writes. */
export type ExportKind = 'trajectory' | 'official-rlm';

/** What a person can make the app do. Every button, key and drop runs one of these. */
export interface Commands {
  /** Reads files into the library; a dropped trajectory (.jsonl of ours) opens as a run instead. */
  addFiles(files: readonly File[]): Promise<void>;
  /**
   * Looks at the files of a folder, or of several that were dropped, and asks what of them is read.
   * `pruned` are folders inside that were not gone into.
   */
  addFolder(title: string, files: readonly FoundFile[], pruned: readonly PrunedFolder[]): Promise<void>;
  /** Reads the entries of the survey that is shown, by their numbers; null reads none of it. */
  answerSurvey(chosen: readonly number[] | null): void;
  /** Fetches what is at a web address, where its server lets pages read it (CORS). */
  addAddress(url: string): Promise<void>;
  /** Pasted text becomes a document named after its first words; a web address alone is fetched. */
  addText(text: string): Promise<void>;
  removeDocument(id: string): void;
  /** Replaces the library with a sample's generated documents and puts its question in place. */
  openSample(sample: string): Promise<void>;
  /** Keeps the library's documents on this device until they are removed, or only while a run needs them. */
  keepDocuments(keep: boolean): Promise<void>;
  /** Forgets every copy of a document on this device, those of unfinished runs too. */
  forgetDocuments(): Promise<void>;
  /** The draft in the Question box. */
  setQuestion(question: string): void;
  /** Starts a run on the ready documents; waits for files that are still being read. */
  ask(question: string): Promise<void>;
  stop(): void;
  /** Pauses, steps, or lets go on the run in flight, or answers what it waits to be allowed. */
  steer(command: SteerCommand): void;
  /** The root's reply, as the person writes it who is the root model. */
  replyAsRoot(text: string): void;
  /**
   * A new run that shares the selected one's log up to the root's `turn`, where `reply` stands in
   * place of the model's; what was paid for before is not asked again.
   */
  runAgainFrom(turn: number, reply: string): Promise<void>;
  openSource(view: SourceView): void;
  closeSource(): void;
  readonly reader: SourceReader;
  openTrajectory(file: File): Promise<void>;
  /** Shows a run, one of an earlier visit too; null shows the first page. */
  selectRun(run: string | null): void;
  /** Goes on with an unfinished run that is on offer; where documents or a key are missing, says so. */
  resumeRun(run: string): Promise<void>;
  /** Removes what is kept of a run, its log and the documents that only it needs. */
  forgetRun(run: string): Promise<void>;
  /** The selected run as a file: its name and its text. */
  exportRun(kind: ExportKind): ExportedFile | null;
  /**
   * Stores preferences. `key` is null where the person did not touch the key field, `remember` where
   * they did not touch that; a key goes to the engine worker and is not kept here.
   */
  saveSettings(preferences: Preferences, key: string | null, remember: boolean | null): Promise<void>;
  checkConnection(baseUrl: string, key: string | null, provider?: string): Promise<ConnectionCheck>;
  previewPrompt(request: PromptRequest): Promise<PromptPreview>;
  promptProfiles(): Promise<readonly PromptProfile[]>;
  estimate(request: EstimateRequest): Promise<RunEstimate>;
  modelFacts(settings: RunSettings): Promise<{ root: ModelFacts; sub: ModelFacts }>;
  keyState(baseUrl: string): Promise<KeyState>;
  forgetKeys(): Promise<void>;
}

export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}
