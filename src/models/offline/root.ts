import { answerSentence, askedThing } from './answer-sentence.ts';
import { bridges } from './bridge.ts';
import { askTurn, followTurn, readTurn } from './cells/ask.ts';
import type { Turn } from './cells/cell.ts';
import { literal } from './cells/cell.ts';
import { compareTurn } from './cells/compare.ts';
import { finishTurn, joinedTurn, notFoundTurn, readFinishTurn, sayTurn } from './cells/finish.ts';
import { listFinish, listTurn, patternFinish, patternTurn } from './cells/list.ts';
import { mentionsFinish, mentionsTurn } from './cells/mentions.ts';
import { probe } from './cells/probe.ts';
import { rankTurn } from './cells/rank.ts';
import { fieldsTurn } from './cells/records.ts';
import { summaryFinish, summaryTurn } from './cells/summary.ts';
import { tallyFinishTurn } from './cells/tally-finish.ts';
import { tallyTurn } from './cells/tally.ts';
import { isUnit, unitsFinish, unitsTurn } from './cells/units.ts';
import { compareVerdict } from './compare-verdict.ts';
import { printed, printedJson } from './conversation.ts';
import type { Conversation, PastTurn } from './conversation.ts';
import { weighAll } from './evidence.ts';
import { isTermOf } from './match.ts';
import { tokenise } from './terms.ts';
import { keywordsOf } from './keywords.ts';
import { hurriedTurn } from './cells/hurry.ts';
import { fixedForm } from './fixed-form.ts';
import { readMention } from './phrase.ts';
import { readQuestion } from './question.ts';
import type { Question } from './question.ts';
import { phrasesOf, readQuery } from './record-query.ts';
import { sentences } from './sentences.ts';
import { describeShape, readProbe } from './shape.ts';
import type { Probe } from './shape.ts';
import { readComparison } from './sides.ts';

const figure = (value: number): string => value.toLocaleString('en-GB');

/** Decides the next turn of a root from the conversation so far. */
export function nextTurn(conversation: Conversation): Turn {
  return new Root(conversation).next();
}

class Root {
  private readonly conversation: Conversation;
  private readonly question: Question;
  private readonly last: PastTurn | undefined;
  private readonly probe: Probe;

  constructor(conversation: Conversation) {
    this.conversation = conversation;
    this.question = readQuestion(conversation.question);
    this.last = conversation.turns.at(-1);
    this.probe = readProbe(this.outputOf('PROBE') ?? '');
  }

  next(): Turn {
    const { last } = this;
    const trivial = this.withoutLooking();
    if (trivial !== null) return trivial;
    if (this.conversation.lastTurn) return this.hurry();
    if (last === undefined) return probe();
    switch (last.stage) {
      case 'PROBE':
        return printed(last.output, 'characters').length > 0 ? this.choose() : this.recover();
      case 'FIELDS':
        return this.afterFields(last.output);
      case 'TALLY':
        return this.afterTally(last.output);
      case 'MENTIONS':
        return this.afterMentions(last.output);
      case 'UNITS':
        return unitsFinish(this.unit() ?? 'pieces');
      case 'PATTERN':
        return /^items: [1-9]/m.test(last.output) ? patternFinish() : this.nothing();
      case 'LIST':
        return /^items: [1-9]/m.test(last.output) ? listFinish() : this.hasFailed(last.output) ? this.failed(last.output) : this.nothing();
      case 'SUMMARY':
        return /^points: [1-9]/m.test(last.output) ? summaryFinish() : this.failed(last.output);
      case 'COMPARE':
        return compareVerdict(readComparison(this.question), last.output) ?? (this.hasFailed(last.output) ? this.failed(last.output) : this.rank());
      case 'RANK':
        return this.afterRank(last.output);
      case 'ASK':
      case 'FOLLOW':
        return this.afterAsk(last);
      case 'READ':
        return this.afterRead(last.output);
      case 'FINISH':
        // It was not accepted, or its cell broke: once more, then give up.
        return this.count('FINISH') < 2 ? new Root({ ...this.conversation, turns: this.conversation.turns.slice(0, -1) }).next() : this.failed(last.output);
      default:
        return this.recover();
    }
  }

  /** What needs no look at the context. */
  private withoutLooking(): Turn | null {
    if (this.last !== undefined) return null;
    if (this.question.kind === 'refuse') {
      return sayTurn('The offline demo cannot do that. It finds, counts, compares and quotes what a text says; writing or translating needs a language model, which Settings can connect.', 'This asks for writing, and rules cannot write. I say so at once.');
    }
    return null;
  }

  private choose(): Turn {
    const { question } = this;
    if (this.probe.characters === 0) return sayTurn('Not found: the context is empty, there is nothing to search.', 'There is no text at all, so there is nothing to search.');
    if (question.kind === 'greeting' || question.kind === 'empty') return this.introduce();
    const mention = readMention(question);
    if (mention !== null) return mentionsTurn(mention.phrase, mention.pattern);
    if (question.kind === 'summary') return this.conversation.subModels ? summaryTurn() : this.rank();
    if (question.kind === 'list') {
      const fixed = fixedForm(question);
      if (fixed !== null) return patternTurn(fixed.what, fixed.pattern);
    }
    const unit = this.unit();
    if (unit !== null && !this.hasRecords()) return unitsTurn(unit);
    if (this.hasRecords()) return fieldsTurn(this.probe.shape, describeShape(this.probe), this.smallDocuments(), phrasesOf(question));
    return this.withoutRecords();
  }

  /** «How many lines are there?»: the unit of text that is all the question asks to count. */
  private unit(): string | null {
    const [term, ...more] = this.question.terms.filter(({ word }) => !/^(?:total|altogether|text|file|context|document)$/i.test(word) || this.question.terms.length === 1);
    return this.question.kind === 'count' && term !== undefined && more.length === 0 && isUnit(term.word) ? term.word : null;
  }

  /** Whether to see what fields the records have before searching for words. */
  private hasRecords(): boolean {
    const { shape } = this.probe;
    const { kind } = this.question;
    const reckons = kind === 'count' || kind === 'most' || kind === 'aggregate';
    const structured = shape.kind === 'jsonl' || shape.kind === 'json' || (shape.kind === 'table' && shape.header !== null) || shape.kind === 'cards';
    if (reckons) return structured || shape.kind === 'table' || shape.kind === 'log' || this.smallDocuments();
    return structured && (kind === 'list' || kind === 'fact') && this.probe.characters < 20_000_000;
  }

  private smallDocuments(): boolean {
    return this.probe.documents > 2 && this.probe.characters / this.probe.documents < 6000 && this.probe.shape.kind !== 'table' && this.probe.shape.kind !== 'jsonl';
  }

  private withoutRecords(): Turn {
    const { question } = this;
    if (question.kind === 'compare' && this.conversation.subModels) {
      const comparison = readComparison(question);
      if (comparison !== null) return compareTurn(comparison.sides.map((side) => ({ ...side, keywords: keywordsOf(readQuestion(side.question)) })));
    }
    if (question.kind === 'list' && this.conversation.subModels) return listTurn(question.text, keywordsOf(question));
    return this.rank();
  }

  private rank(): Turn {
    const keywords = keywordsOf(this.question);
    if (keywords.length > 0) return rankTurn(keywords, describeShape(this.probe));
    return this.conversation.subModels ? summaryTurn() : this.introduce();
  }

  private introduce(): Turn {
    const { probe: seen } = this;
    const what = `${seen.names.slice(0, 5).join(', ') || 'The context'} (${figure(seen.characters)} characters, ${figure(seen.lines)} lines): ${describeShape(seen)}.`;
    return sayTurn(`Ready. What lies here is ${what} Ask for a fact, a count, a list, a comparison or a summary of it.`, 'This is no question about the text, so I only say what lies here.');
  }

  private afterFields(output: string): Turn {
    const query = readQuery(this.question, output);
    return query === null ? this.withoutRecords() : tallyTurn(query);
  }

  private afterTally(output: string): Turn {
    const query = readQuery(this.question, this.outputOf('FIELDS') ?? '');
    const chosen = /^chosen: (\d+) of/m.exec(output)?.[1];
    if (query === null || chosen === undefined) return this.rank();
    // No such record, and the figure is not a count: there is nothing to answer with.
    if (chosen === '0' && query.want.kind !== 'count') return this.nothing();
    return tallyFinishTurn(query);
  }

  private afterMentions(output: string): Turn {
    const mention = readMention(this.question);
    if (mention === null || !/^found: \d+/m.test(output)) return this.rank();
    const none = /^found: 0 /m.test(output);
    // «Which document mentions the founder of X?» may say it in other words.
    if (none && mention.unit === 'documents' && mention.phrase.includes(' ')) return this.rank();
    return mentionsFinish(mention.phrase, mention.unit, mention.noun);
  }

  private afterRank(output: string): Turn {
    const found = printed(output, 'passages')[0];
    if (found === undefined) return this.recover();
    if (found === '0') return this.nothing();
    if (!this.conversation.subModels) return readTurn('This run has no sub-models.');
    const passages = found === '1' ? 'One passage is worth reading.' : `${found} passages are worth reading.`;
    return askTurn(this.question.text, passages);
  }

  private afterAsk({ stage, output }: PastTurn): Turn {
    const answers = printedJson(output, 'answer') as { answer: string; quote: string }[];
    // A detour that comes back with the question's own words has found nothing.
    const best = answers.find(({ answer }) => stage === 'ASK' || tokenise(answer).some((token) => !isTermOf(token.lower, this.question.terms)));
    if (printed(output, 'answers').length === 0 || (best === undefined && this.hasFailed(output))) {
      return this.count('READ') === 0 ? readTurn('The sub-calls failed.') : this.failed(output);
    }
    const sentence = best === undefined ? '' : this.sentenceFor(best.answer);
    if (best !== undefined && stage === 'ASK') return finishTurn(sentence, `A sub-model found it${answers.length > 1 ? `, ${answers.length} of them gave an answer,` : ''} and the quote is in the text word for word. I finish with the best supported answer.`);
    const steps = bridges(this.question, printedJson(this.outputOf('ASK') ?? '', 'related').filter((one) => typeof one === 'string'));
    if (best !== undefined) {
      const way = steps.find((step) => best.quote.includes(step.name.split(' ')[0] ?? '')) ?? steps[0];
      return joinedTurn(sentence, way?.sentence ?? '');
    }
    if (stage === 'FOLLOW' || steps.length === 0) return this.nothing();
    const plan = `No passage answers alone, but one names the link: “${steps[0]?.sentence.slice(0, 160) ?? ''}” So I put ${steps.map((step) => step.name).join(' or ')} into the question and search again.`;
    return followTurn(
      steps.map((step) => ({ name: step.name, question: step.question, keywords: literal(keywordsOf(readQuestion(step.question))) })),
      plan,
    );
  }

  private sentenceFor(answer: string): string {
    if (this.question.kind === 'documents') return 'It stands in {document}.';
    return answerSentence(this.question.text, answer);
  }

  /** The root reads what it printed: the sub-model's rules, in its own head. */
  private afterRead(output: string): Turn {
    const passages = printedJson(output, 'passage') as { text: string }[];
    const best = passages
      .map(({ text }) => ({ text, evidence: weighAll(this.question, sentences(text))[0] }))
      .filter(({ evidence }) => evidence?.accepted === true)
      .sort((a, b) => (b.evidence?.confidence ?? 0) - (a.evidence?.confidence ?? 0))[0];
    if (best?.evidence === undefined) return this.nothing();
    const { answer, from, to } = best.evidence;
    const short = answer.replace(/\s+/g, ' ');
    return readFinishTurn(this.sentenceFor(short), short, best.text.slice(from, to));
  }

  /** The last turn has come: finish with what there is, in one cell. */
  private hurry(): Turn {
    const asked = this.conversation.turns.find((turn) => turn.stage === 'ASK');
    const best = (printedJson(asked?.output ?? '', 'answer') as { answer: string }[])[0];
    if (best !== undefined) return finishTurn(this.sentenceFor(best.answer), 'This is my last turn: I finish with the best answer so far.');
    if (this.last?.stage === 'ASK' || this.last?.stage === 'FOLLOW') return this.nothing();
    return hurriedTurn(this.question.text, keywordsOf(this.question), this.conversation.subModels);
  }

  private nothing(): Turn {
    const output = this.outputOf('RANK') ?? this.outputOf('LIST') ?? '';
    const searched = printed(output, 'keyword')
      .filter((line) => !line.startsWith('like '))
      .map((line) => line.replace(/ (\d+)$/, (_, count: string) => ` (${Number(count) >= 3000 ? '3,000 or more' : figure(Number(count))})`));
    const read = printed(output, 'passages')[0];
    return notFoundTurn(askedThing(this.question.text), searched, read === undefined ? '' : `and read the ${read} passages where they stand closest`);
  }

  private hasFailed(output: string): boolean {
    return /^failed: |Error\b/m.test(output);
  }

  /** A cell of ours threw: look again in a plainer way, and give up honestly after that. */
  private recover(): Turn {
    if (this.count('RANK') === 0) return this.count('PROBE') < 2 && this.count('FIELDS') === 0 ? probe() : this.rank();
    return this.failed(this.last?.output ?? '');
  }

  private failed(output: string): Turn {
    const reason = printed(output, 'failed')[0] ?? /^.*Error\b.*$/m.exec(output)?.[0] ?? 'the cell did not finish';
    return sayTurn(`No answer: the work could not be finished (${reason.slice(0, 300)}).`, 'This did not work, and trying the same again would not help. I say what went wrong.');
  }

  private outputOf(stage: string): string | undefined {
    return this.conversation.turns.findLast((turn) => turn.stage === stage)?.output;
  }

  private count(stage: string): number {
    return this.conversation.turns.filter((turn) => turn.stage === stage).length;
  }
}
