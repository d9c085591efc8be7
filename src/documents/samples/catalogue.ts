/** A sample on offer: data only, so that the page can show it without loading the generators. */
export interface Sample {
  readonly id: string;
  /** File name, or what the set of files is called. */
  readonly title: string;
  /** What it is, in a few words. */
  readonly description: string;
  readonly question: string;
  /** Rough tokens of all its files: characters / 4. */
  readonly tokens: number;
  /** Lines of all its files. */
  readonly lines: number;
  /** Number of files. */
  readonly files: number;
  /** What a right answer contains, for checks. Computed again from the text in the tests. */
  readonly gold: readonly string[];
}

export const SAMPLES: readonly Sample[] = [
  {
    id: 'chronicle',
    title: 'the-salt-ledger.txt',
    description: 'Chronicle of a small harbour, 178 chapters',
    question: "What is the combination of the harbour master's safe?",
    tokens: 301_000,
    lines: 9362,
    files: 1,
    gold: ['65-22-82'],
  },
  {
    id: 'chronicle-complete',
    title: 'the-salt-ledger-complete.txt',
    description: 'All 100 volumes of the chronicle, 5,983 chapters',
    question: "What is the combination of the harbour master's safe?",
    tokens: 10_000_000,
    lines: 310_558,
    files: 1,
    gold: ['65-22-82'],
  },
  {
    id: 'tickets',
    title: 'support-tickets.jsonl',
    description: '4,000 support tickets of a maker of household engines',
    question:
      'Which region has the most tickets with a refund that was promised but not paid, and how many?',
    tokens: 702_000,
    lines: 4000,
    files: 1,
    gold: ['Asia Pacific', '90'],
  },
  {
    id: 'lighthouse',
    title: 'The Skarholm papers',
    description: '40 logs, letters and reports from a lighthouse',
    question: 'In which town was the lighthouse keeper of the winter of 1911 born?',
    tokens: 11_900,
    lines: 732,
    files: 40,
    gold: ['Kaldvik'],
  },
];
