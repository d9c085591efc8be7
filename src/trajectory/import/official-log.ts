import type { Message } from '../events.ts';

/** A file of the official `rlm` logger: what it tells, whichever of its versions wrote it. */
export interface OfficialLog {
  /** Completions in the order of the file. */
  readonly runs: readonly OfficialRun[];
}

/** One completion: of the file, or of a child that a sub-call began. */
export interface OfficialRun {
  /** Null where the file has no line of it. */
  readonly metadata: OfficialRunMetadata | null;
  readonly iterations: readonly OfficialIteration[];
}

export interface OfficialRunMetadata {
  readonly rootModel: string;
  readonly maxDepth: number | null;
  readonly maxIterations: number | null;
  readonly backend: string | null;
  /** As it stands: local time without a zone. */
  readonly timestamp: string | null;
}

export interface OfficialIteration {
  /** As it is numbered, from 1. */
  readonly number: number;
  readonly timestamp: string | null;
  /** Everything the model was sent. */
  readonly prompt: readonly OfficialMessage[];
  readonly response: string;
  readonly blocks: readonly OfficialBlock[];
  readonly finalAnswer: string | null;
  readonly seconds: number | null;
}

/** A role of ours, or any other that a version of it had. */
export type OfficialMessage = { readonly role: Message['role'] | (string & {}); readonly content: string };

export interface OfficialBlock {
  readonly code: string;
  readonly stdout: string;
  readonly stderr: string;
  /** The variables after it, as JSON values. */
  readonly locals: ReadonlyMap<string, unknown>;
  readonly seconds: number | null;
  readonly calls: readonly OfficialCall[];
  readonly finalAnswer: string | null;
}

export interface OfficialCall {
  readonly model: string;
  /** Of a prompt that is no text: its JSON. */
  readonly prompt: string;
  readonly response: string;
  /** Null where nothing tells. */
  readonly usage: OfficialCallUsage | null;
  readonly seconds: number | null;
  readonly error: string | null;
  /** The completions of the child that it was; empty for a plain call. */
  readonly runs: readonly OfficialRun[];
}

/** Of the call and of all below it. */
export interface OfficialCallUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Replies of models; null where only the flat fields are there. */
  readonly replies: number | null;
  /** Null where not all of it is known. */
  readonly costUsd: number | null;
}
