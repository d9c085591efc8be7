import type { GuardName } from '../../trajectory/events.ts';
import { failureIn } from './prompt-checks.ts';

/** Why a final is not taken at once. */
export interface Doubt {
  readonly guard: GuardName;
  /** A clause about the answer, «it», without a full stop. */
  readonly why: string;
  /** What the model is told. */
  readonly text: string;
}

export interface FinalContext {
  readonly question: string;
  /** Names of the call's variables. */
  readonly variables: readonly string[];
  /** What the guest was told of queries that failed. */
  readonly failures: readonly string[];
}

function doubt(guard: GuardName, why: string, advice: string): Doubt {
  const again = 'If this really is the answer, give it again and it is taken.';
  return { guard, why, text: `Your answer was not taken yet: ${why}. ${advice} ${again}` };
}

/**
 * The reason to ask once whether `text` is meant as the answer (research of failure modes: plans and
 * placeholders, names in place of values, errors of sub-calls); null where it looks like one.
 */
export function doubtOf(text: string, { question, variables, failures }: FinalContext): Doubt | null {
  const answer = text.trim();
  if (variables.includes(answer)) {
    return doubt('unknown-variable', `«${answer}» is the name of a variable of yours`, `For its value write FINAL_VAR(${JSON.stringify(answer)}).`);
  }
  if (looksLikeName(answer)) {
    const near = nearestName(answer, variables);
    const have = variables.length === 0 ? 'You have made no variables.' : `Your variables: ${variables.join(', ')}.`;
    const meant = near === null ? '' : ` Did you mean FINAL_VAR(${JSON.stringify(near)})?`;
    return doubt('unknown-variable', `«${answer}» looks like the name of a variable, and there is none of that name`, have + meant);
  }
  if (failureIn(answer, failures) || answer.includes('[object Promise]')) {
    return doubt('error-as-data', 'it holds the error of a sub-call that failed, which is no result', 'Ask that part again or leave it out and say so.');
  }
  const what = isSame(answer, question) ? 'the question itself' : planOrPlaceholder(answer);
  if (what === null) return null;
  return doubt('plan-as-answer', `it looks like ${what}, not like a finished reply to the question`, 'Do the work first, print the result, look at it, and then finish with it.');
}

/** A shorter question may well be answered with its own words. */
const SHORTEST_QUESTION = 8;
/** Answers longer than this are more than a plan or a placeholder. */
const LONGEST_PLAN = 600;
const LONGEST_NAME = 60;

const PLAN =
  /^(?:(?:ok(?:ay)?|sure|alright|first|next|now|so|then)[,.!]?\s+)?(?:i(?:['’]ll|\s+will|['’]m going to|\s+am going to|\s+need to|\s+should|\s+plan to|\s+would)\b|let(?:['’]s|\s+me|\s+us)\b|my plan\b|plan\s*:|step\s+(?:1|one)\b|to (?:answer|solve|find out)\b[^.]*,\s*(?:i|we|let)\b|we (?:need to|will|should)\b)/i;

const PLACEHOLDERS: readonly RegExp[] = [
  /^[<[{(]+[^<>[\]{}()"]*\b(?:answer|result|value|placeholder|insert|your|here|text|response|summary)\b[^<>[\]{}()"]*[>\]})]+$/i,
  /^(?:todo|tbd|tbc|fixme|placeholder|(?:your|the|my|final)\s+(?:final\s+)?answer(?:\s+here)?|(?:insert|put|write)\b[^.]{0,40}\bhere)[.:!]*$/i,
  /^(?:\.{2,}|…)$/,
  /^(?:undefined|null|NaN|\[object \w+\])$/,
];

const CODE = /^(?:\[(?:Async)?Function\b.*\]|(?:async\s+)?function\b[\s\S]*|(?:async\s*)?\([\w\s,]*\)\s*=>[\s\S]*|[\w$.]+\(\))$/;

function planOrPlaceholder(answer: string): string | null {
  if (answer.length > LONGEST_PLAN) return null;
  if (PLACEHOLDERS.some((pattern) => pattern.test(answer))) return 'a placeholder';
  if (CODE.test(answer)) return 'code';
  return PLAN.test(answer) ? 'a plan' : null;
}

/** `final_answer`, `finalAnswer`: words joined as only names are. One plain word may be an answer. */
function looksLikeName(answer: string): boolean {
  if (answer.length > LONGEST_NAME) return false;
  return /^[a-z][a-zA-Z\d]*(?:_[a-zA-Z\d]+)+$/.test(answer) || /^[a-z]+(?:[A-Z][a-z\d]*)+$/.test(answer)
    ? /answer|result|final|output|summary|report|table|list|text|value|response/i.test(answer)
    : false;
}

function isSame(answer: string, question: string): boolean {
  // An answer may be of megabytes.
  if (answer.length > question.length * 2) return false;
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return plain(answer).length >= SHORTEST_QUESTION && plain(answer) === plain(question);
}

/** The variable whose name is nearest to `name`; null where none is near. */
export function nearestName(name: string, variables: readonly string[]): string | null {
  let best: { readonly variable: string; readonly distance: number } | null = null;
  for (const variable of variables) {
    const distance = distanceOf(name.toLowerCase(), variable.toLowerCase());
    if (distance <= Math.max(name.length, variable.length) / 2 && (best === null || distance < best.distance)) {
      best = { variable, distance };
    }
  }
  return best?.variable ?? null;
}

/** Edits from one name to the other; where one holds the other, a single one. */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))) return a === b ? 0 : 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Names that models give to what they mean to answer with. */
const ANSWER_LIKE = /^(?:final|answer|result|output|summary|report|table|conclusion|response|counts?|totals?|findings?|pairs|rows)/i;
const MOST_CANDIDATES = 5;

/** Variables that by their names may hold the answer, the latest made first; `answer` is the draft itself. */
export function answerCandidates(variables: readonly string[]): string[] {
  const named = variables.filter(
    (name) => name !== 'answer' && name.length <= 40 && (ANSWER_LIKE.test(name) || /(?:answer|result|summary|table)s?$/i.test(name)),
  );
  return named.toReversed().slice(0, MOST_CANDIDATES);
}
