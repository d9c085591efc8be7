/** A text with the name of the document it is of; '' where the prompt does not say. */
export interface Passage {
  readonly name: string;
  readonly text: string;
  /** Line of its document that it begins with, from 1, where that is known. */
  readonly line?: number;
}

/** A message that carries the question and what it is about, as the engine's methods write it. */
export interface WholeContext {
  readonly question: string;
  readonly passages: readonly Passage[];
}

const LABELLED = /(?:^|\n)Question:\n([\s\S]*?)(?:\n\n\([^\n]*\))?\n\nContext:\n/;
const TURN_LINE = /\n\nTurn \d+ of \d+\.[^\n]*$/;
const DOCUMENT_LINE = /^Document: (.+)\n/gm;
const SUMMARY = /^Summary of the [^\n]*read before:\n/;
const LAST_PART = '\n\nThe last part, as it stands:\n';
/** How the offline model writes what it keeps of a part: the document, and a sentence of it. */
const KEPT = /^- \[([^\]\n]*)\] (.+)$/gm;

/** Reads the labelled form; null where the message has another one. */
export function readWholeContext(message: string): WholeContext | null {
  const head = LABELLED.exec(message);
  if (head === null) return null;
  const context = message.slice(head.index + head[0].length).replace(TURN_LINE, '');
  return { question: (head[1] ?? '').trim(), passages: passagesOf(context) };
}

function passagesOf(context: string): Passage[] {
  const summary = SUMMARY.exec(context);
  if (summary === null) return byDocument(context);
  const body = context.slice(summary[0].length);
  const last = body.indexOf(LAST_PART);
  const kept = last < 0 ? body : body.slice(0, last);
  return [...keptPassages(kept), ...(last < 0 ? [] : byDocument(body.slice(last + LAST_PART.length)))];
}

/** The texts under their `Document:` lines; one without a name where there are none. */
export function byDocument(context: string): Passage[] {
  const heads = [...context.matchAll(DOCUMENT_LINE)];
  if (heads.length === 0 || heads[0]?.index !== 0) return [{ name: '', text: context, line: 1 }];
  return heads.map((head, i) => {
    const name = head[1] ?? '';
    const text = context.slice(head.index + head[0].length, heads[i + 1]?.index ?? context.length).trimEnd();
    return { name, text, ...(documentOf(name) === name && { line: 1 }) };
  });
}

/** A summary of our own, by document; any other summary is one passage. */
export function keptPassages(summary: string): Passage[] {
  const found = new Map<string, string[]>();
  for (const [, name = '', sentence = ''] of summary.matchAll(KEPT)) {
    const sentences = found.get(name) ?? [];
    found.set(name, [...sentences, sentence]);
  }
  if (found.size === 0) return [{ name: 'the summary', text: summary.trim() }];
  return [...found].map(([name, kept]) => ({ name, text: kept.join('\n\n') }));
}

/** What the summary of a part is asked to be made of. */
export interface PartToSummarise {
  readonly question: string;
  /** Sentences that were kept before, each with its document. */
  readonly kept: readonly Passage[];
  readonly passages: readonly Passage[];
  readonly mostChars: number;
}

const PART = /^You read a long context part by part[\s\S]*?\n\nQuestion:\n([\s\S]*?)\n\nSummary so far:\n([\s\S]*?)\n\nWrite the new summary:[^\n]*?At most ([\d,]+) characters\.\n\nContext, part \d+ of \d+:\n/;

/** Reads the prompt for a summary; null where the prompt is another one. */
export function readPart(prompt: string): PartToSummarise | null {
  const head = PART.exec(prompt);
  if (head === null) return null;
  const [whole, question = '', summary = '', most = ''] = head;
  return {
    question: question.trim(),
    kept: [...summary.matchAll(KEPT)].map(([, name = '', text = '']) => ({ name, text })),
    passages: byDocument(prompt.slice(whole.length)),
    mostChars: Number(most.replaceAll(',', '')),
  };
}

/** `name` without the place that a chunk of a document is said to have. */
export function documentOf(name: string): string {
  return name.replace(/, characters [\d,]+ to [\d,]+ of [\d,]+$/, '');
}
