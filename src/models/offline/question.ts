import { isOpenHead } from './answer-type.ts';
import type { AnswerType } from './answer-type.ts';
import { kindOf } from './question-kind.ts';
import type { QuestionKind } from './question-kind.ts';
import { RoleReader } from './question-roles.ts';
import { QUESTION_WORDS } from './question-words.ts';
import { stem, tokenise } from './terms.ts';
import type { Token } from './terms.ts';

/**
 * What a word of the question is to the answer. `name`, `number` and `topic` say what it is about;
 * `asked` is the thing wanted («the access code of»), `verb` the relation.
 */
export type TermRole = 'name' | 'number' | 'topic' | 'asked' | 'verb';

export interface Term {
  /** As the question writes it. */
  readonly word: string;
  readonly stem: string;
  readonly role: TermRole;
  /** Position in the question, characters. */
  readonly from: number;
  readonly to: number;
}

export interface Question {
  readonly text: string;
  readonly kind: QuestionKind;
  readonly answer: AnswerType;
  readonly terms: readonly Term[];
  /** Last word of the thing asked for, as a stem. */
  readonly head: string | null;
  /** True where the head only says what kind of thing is wanted: «Which animal is the mascot …?» */
  readonly headIsKind: boolean;
  /** Stems that must all stand in an answer: the words of the thing counted («how many pear trees»). */
  readonly counted: readonly string[];
  /** Phrases the question puts in quotation marks. */
  readonly quoted: readonly string[];
  /** Not in English: its words are known by their letters only. */
  readonly foreign: boolean;
}

const FOREIGN_WH = new Map<string, AnswerType>([
  ['wer', 'person'], ['qui', 'person'], ['quién', 'person'], ['quien', 'person'], ['chi', 'person'], ['quem', 'person'], ['wie', 'any'],
  ['wann', 'date'], ['quand', 'date'], ['cuándo', 'date'], ['quando', 'date'], ['wo', 'place'], ['où', 'place'], ['dónde', 'place'],
  ['dove', 'place'], ['onde', 'place'], ['combien', 'number'], ['кто', 'person'], ['где', 'place'], ['когда', 'date'], ['сколько', 'number'], ['wieviele', 'number'], ['cuántos', 'number'], ['cuántas', 'number'],
]);
const FOREIGN_HINT = /\b(?:der|die|das|ist|wer|wie|wo|wann|welche[rsmn]?|qui|est|quel(?:le)?|combien|où|quand|dans|quién|quien|cuál|dónde|cuándo|cuántos|cuántas|el|los|della|quanti|quando|onde|qual|het|een|wie|waar)\b/iu;
/** «Which document mentions …»: the relation is that it stands there. */
const SPEAKING = new Set('mention contain say talk discuss refer speak describe cover concern deal include tell appear find document file page note report memo letter'.split(' ').map(stem));

/** «… mentioned in the provided text»: says where to read, and nothing of what is asked. */
const WHERE_TO_READ =
  /,?\s*(?:\b(?:that|which)\s+(?:is|are|was|were)\s+)?(?:\b(?:mentioned|stated|given|found|written|described|provided|listed|hidden)\s+)?\b(?:in|within|from|according\s+to|based\s+on)\s+(?:the|this|these|that)\s+(?:(?:provided|given|following|above|whole|entire|attached|uploaded)\s+)*(?:texts?|documents?|contexts?|passages?|files?)(?:\s+(?:above|below|provided|given))?\b/giu;
/** A test of memory is announced before its question: only the question is one. */
const ANNOUNCED = /\b(?:memori[sz]e|quiz)\b/iu;
/** «What is the code? The code is»: the answer's beginning, there for a model to go on with. */
const BEGUN_ANSWER = /(\?)\s+(?:the\b[^.!?]*\b(?:is|are|was|were)|answer)\s*:?\s*$/iu;

/** The question without what is said around it; as it stands where nothing else would be left. */
function withoutFrame(raw: string): string {
  const whole = raw.replace(BEGUN_ANSWER, '$1');
  const last = /(?:^|[.!]\s+)([^.!?]+\?)\s*$/u.exec(whole);
  const asked = ANNOUNCED.test(whole) && last?.[1] ? last[1] : whole;
  const bare = asked.replace(WHERE_TO_READ, '').replace(/\s+([?.!])/gu, '$1').replace(/^[\s,;:]+/u, '').trim();
  return /[\p{L}\p{N}]/u.test(bare) ? bare : raw.trim();
}

/** Reads the question: its kind, the type of its answer, and the part each word plays. */
export function readQuestion(raw: string): Question {
  const text = withoutFrame(raw);
  const tokens = tokenise(text);
  const foreign = (FOREIGN_HINT.test(text) || /(?!\p{Script=Latin})\p{L}/u.test(text)) && !tokens.some((token) => QUESTION_WORDS.has(token.lower));
  const kind = kindOf(text);
  const quoted = [...text.matchAll(/"([^"]+)"|“([^”]+)”|«([^»]+)»|(?<![\p{L}\p{N}])['‘]([^'’]{2,})['’](?![\p{L}\p{N}])/gu)].map(
    (match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim(),
  );
  const reader = new RoleReader(text, tokens, foreign, quoted);
  const answer = foreign ? foreignType(tokens, text) : reader.read(kind);
  return {
    text,
    kind,
    answer: kind === 'yes-no' && !foreign ? 'yes-no' : answer,
    terms: (foreign ? reader.allTopics() : reader.terms()).filter((term) => kind !== 'documents' || !SPEAKING.has(term.stem)),
    head: reader.head(),
    headIsKind: reader.headIsKind(),
    counted: reader.counted(),
    quoted,
    foreign,
  };
}

function foreignType(tokens: readonly Token[], text: string): AnswerType {
  if (/\bwie\s+viele?\b|\bcombien\b/iu.test(text)) return 'number';
  for (const token of tokens) {
    const type = FOREIGN_WH.get(token.lower);
    if (type !== undefined) return type;
  }
  return 'any';
}

/** True where a value of the answer's type stands for the asked word itself. */
export function headIsOpen(question: Question): boolean {
  return question.head !== null && isOpenHead(question.head);
}
