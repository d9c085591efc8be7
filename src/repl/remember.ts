import { GuestMemoryError } from './guest-text.ts';
import type { Exchange } from './port.ts';
import type { Vm } from './vm.ts';

/** The part of the guest's memory that an answer kept in `history` may take. */
const MOST_SHARE = 1 / 8;
/** Characters of an answer that are kept where there is no room for more. */
const KEPT = 20_000;

/**
 * Adds an exchange to the guest's `history`, and makes `answer` new. A long answer is one string of
 * the guest's, written once; of one that would take too much of its memory the beginning is kept.
 * @throws ReplError when the guest is in no state for another run: it is lost.
 */
export function remember(vm: Vm, { question, answer }: Exchange, memoryBytes: number): void {
  const most = memoryBytes * MOST_SHARE;
  const fits = bytesOf(question) + bytesOf(answer) <= most;
  const spoiled = (fits ? tell(vm, question, answer) : null) ?? tell(vm, head(question), head(answer));
  if (spoiled === null) vm.lose('The REPL was lost: its memory is full, so that no other question fits in.');
  if (spoiled !== '') {
    vm.lose(`The REPL was lost: its last cells changed what no other run could do without (${spoiled}).`);
  }
}

/** @returns what is spoiled, '' for nothing; null where there was no room. */
function tell(vm: Vm, question: string, answer: string): string | null {
  try {
    const ran = vm.call('remember', [question, answer]);
    const spoiled = ran.kind === 'returned' ? vm.string(ran.value) : null;
    vm.free(ran);
    return spoiled;
  } catch (error) {
    if (error instanceof GuestMemoryError) return null;
    throw error;
  }
}

/** What a text takes as a string of the guest's. */
function bytesOf(text: string): number {
  return /[^\0-\xff]/.test(text) ? text.length * 2 : text.length;
}

function head(text: string): string {
  if (text.length <= KEPT) return text;
  const kept = text.slice(0, KEPT).replace(/[\ud800-\udbff]$/, '');
  return `${kept}\n[… the first ${kept.length} of ${text.length} characters: the REPL's memory has no room for the rest]`;
}
