import { AUXILIARIES, DETERMINERS } from './stop-words.ts';

/**
 * The question turned into a statement with `{answer}` in it where its form is a plain one:
 * «What is the code of X?» gives «The code of X is {answer}.»
 */
export function answerSentence(question: string, answer: string): string {
  const text = question.trim().replace(/\s+/g, ' ').replace(/[?？.!\s]+$/, '');
  if (answer.length > 120) return 'The text answers it in this sentence.';
  if (/^(?:yes|no)$/i.test(answer)) return '{answer}, by what the text says.';
  const what = /^(?:what|who|where)(?:'s| (is|are|was|were)) (.+)$/i.exec(text);
  if (what !== null) {
    const [, verb = 'is', rest = ''] = what;
    const first = rest.split(' ')[0] ?? '';
    const isSubject = DETERMINERS.has(first.toLowerCase()) || /^\p{Lu}/u.test(first);
    const ended = /\b\w+(?:ed|born|built|made|found|held|kept|sold|written|called|hidden)$/i.exec(rest);
    if (isSubject && ended === null && !/^where/i.test(text)) return `${capital(rest)} ${verb} {answer}.`;
    if (/^who/i.test(text) && !isSubject) return `{answer} ${verb} ${rest}.`;
    if (isSubject && ended !== null) return `${capital(rest.slice(0, ended.index).trim())} ${verb} ${ended[0]}: {answer}.`;
    if (isSubject && /^where/i.test(text)) return `${capital(rest)} ${verb} here: {answer}.`;
    return 'The answer is {answer}.';
  }
  const who = /^who (.+)$/i.exec(text);
  const verb = who?.[1]?.split(' ')[0]?.toLowerCase() ?? '';
  if (who !== null && !AUXILIARIES.has(verb)) return `{answer} ${who[1] ?? ''}.`;
  return 'The answer is {answer}.';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** «the phone number of the zoo» out of the question, for the sentence that nothing was found. */
export function askedThing(question: string): string {
  const text = question.trim().replace(/\s+/g, ' ').replace(/[?？.!\s]+$/, '');
  const what = /^(?:what|who)(?:'s| is| are| was| were) (.+)$/i.exec(text);
  if (what !== null) return what[1] ?? text;
  return `what the question asks (“${text}”)`;
}
