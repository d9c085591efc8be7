import { fileURLToPath } from 'node:url';

/** The path of a fixture; see `files/README.md`. */
export const fixture = (name: string): string => fileURLToPath(new URL(`files/${name}`, import.meta.url));

/** A real file, a question that only it answers, and where it does. */
export interface DocumentCase {
  readonly file: string;
  /** What it is called in the list, where that is not the file's name. */
  readonly listed?: string;
  readonly question: string;
  readonly answer: string;
  /** What a link to the passage says of its place. */
  readonly place: RegExp;
}

const LINE = /, line \d+$/;

export const HANDBOOK: DocumentCase = {
  file: 'handbook.pdf',
  question: 'What is the access code of the harbour office?',
  answer: '7413-QX',
  place: /, page 3$/,
};

export const STOCK: DocumentCase = {
  file: 'stock.xlsx',
  question: 'What is the serial number of the brass sextant?',
  answer: 'BX-2291',
  place: /, Stock, row 8$/,
};

export const CASES: readonly DocumentCase[] = [
  HANDBOOK,
  {
    file: 'columns.pdf',
    question: 'How much does the bell of Wendlow church weigh?',
    answer: '1,840',
    place: /, page 2$/,
  },
  { file: 'minutes.docx', question: 'Where does the spare key of the boat shed hang?', answer: 'barometer', place: LINE },
  { file: 'lighthouse.odt', question: 'What is the height of the Corran lighthouse?', answer: '47 metres', place: LINE },
  { file: 'briefing.pptx', question: 'What is the password of the tide gauge?', answer: 'heron-58', place: /, slide 4$/ },
  { file: 'ferry.odp', question: 'What is the budget of the ferry repair?', answer: '82,400', place: /, slide 2$/ },
  STOCK,
  { file: 'rents.xls', question: 'What is the rent of the rope loft?', answer: '310', place: /, Rents, row 3$/ },
  { file: 'wages.ods', question: 'What is the password of the pay office?', answer: 'marram-77', place: /, Notes, row 8$/ },
  {
    file: 'novel.epub',
    question: 'What was the secret name of the black cat?',
    answer: 'Oberon',
    place: /, The Black Cat, line \d+$/,
  },
  {
    file: 'tower.html',
    question: 'What is the capacity of the Ruston water tower?',
    answer: '312',
    place: LINE,
  },
  { file: 'letter.eml', question: 'What is the registration number of the mail boat?', answer: 'SK-4471', place: LINE },
  {
    file: 'mailbox.mbox',
    question: 'What is the phone number of the harbour pilot?',
    answer: '555-0148',
    place: /(?:message 4|Pilot).*, line \d+$/,
  },
  { file: 'safes.csv', question: 'What is the combination of the old safe?', answer: '18-44-07', place: /, line 24$/ },
  { file: 'buoys.tsv', question: 'What is the colour of the Skerry buoy?', answer: 'violet', place: /, line 18$/ },
  {
    file: 'weather.json',
    question: 'What is the altitude of the weather station?',
    answer: '286 metres',
    place: LINE,
  },
  {
    file: 'orders.jsonl',
    question: 'What is the reference number of the lost order?',
    answer: 'LO-3381',
    place: /, line 19$/,
  },
  { file: 'keeper.md', question: 'What is the birthday of the lock keeper?', answer: '9 March', place: LINE },
  {
    file: 'pump.log',
    question: 'What is the serial number of the failed pump?',
    answer: 'PU-6604',
    place: /, line 62$/,
  },
  { file: 'tide.py', question: 'What is the port number of the tide service?', answer: '18734', place: /, line 4$/ },
  {
    file: 'depot.txt.gz',
    listed: 'depot.txt.gz',
    question: 'What is the passphrase of the coal depot?',
    answer: 'grey seal',
    place: LINE,
  },
  {
    file: 'really-a-pdf.txt',
    question: 'What is the weight of the quay crane?',
    answer: '38 tonnes',
    place: /, page 1$/,
  },
  { file: 'really-a-text.pdf', question: 'What is the length of the dry dock?', answer: '164 metres', place: LINE },
  { file: 'japanese.docx', question: '港湾事務所の暗証番号は何ですか？', answer: '8264', place: LINE },
  { file: 'arabic.odt', question: 'ما هو ارتفاع منارة الجزيرة؟', answer: '63', place: LINE },
  { file: 'hebrew.pdf', question: 'מהו קוד הכניסה של משרד הנמל?', answer: '5521', place: /, page 1$/ },
];
