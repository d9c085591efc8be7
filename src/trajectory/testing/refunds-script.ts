/** What the models of the refunds log write: the root's six turns and the children's. */

export const QUESTION =
  'Which tickets mention a refund that was promised but never paid, and how many per region?';

export const SYSTEM = `You answer a question about a context that is far too long to read at once. You work in a JavaScript REPL: write one \`\`\`repl block a turn, and look at what it prints before you go on.

- \`context\` is an array of texts, \`documents\` describes them.
- \`grep(pattern, {limit})\` searches at native speed.
- \`await llm_query(prompt)\` asks a sub-model, \`await llm_query_batched(prompts)\` many at once. They see only what you send.
- \`await rlm_query(question, context)\` gives a part of the work to a copy of yourself.
- \`print(value)\` shows you a value, \`FINAL(value)\` finishes.`;

export const METADATA = `Question: ${QUESTION}

\`context\` is an array of 2 texts, 41,702,118 characters in all:
  0  support-tickets.jsonl  41,110,204 characters, 61,408 lines
  1  policy-2025.pdf           591,914 characters, 212 pages`;

const fence = (code: string): string => `\`\`\`repl\n${code}\n\`\`\``;

export interface ScriptedTurn {
  readonly thought: string;
  readonly before: string;
  readonly code: string;
  readonly printed: string;
}

/** The reply as the model streams it. */
export const replyOf = (turn: ScriptedTurn): string => `${turn.before}\n\n${fence(turn.code)}`;

export const ROOT_TURNS: readonly ScriptedTurn[] = [
  {
    thought: 'Two documents. I should look at the shape of both before I plan anything.',
    before: 'I will look at the shape of both documents first.',
    code: `print(documents)
print(context[0].slice(0, 900))
print(context[1].slice(0, 400))`,
    printed: `[{ name: "support-tickets.jsonl", kind: "text", chars: 41110204, lines: 61408 },
 { name: "policy-2025.pdf", kind: "pdf", chars: 591914, pages: 212, lines: 9120 }]
{"id":70001,"region":"EMEA","closed":"2025-01-03","thread":["customer: The parcel came on the 4th with the lid cracked.","agent: Thank you for the photographs, they are all I need."],"ledger":[]}
{"id":70002,"region":"APAC","closed":"2025-01-03","thread":["customer: I was charged twice for the same order."],"ledger":["refund €41.20 ref P70002-1"]}
Refund and Goodwill Policy 2025
1 Purpose. This policy says when money goes back to a customer, who may promise it, and how it is recorded.
`,
  },
  {
    thought: 'One ticket a line with a thread and a ledger. Refund lines can be found by a pattern.',
    before: 'One ticket a line, with a thread and a ledger. The word can be found by a pattern.',
    code: `const hits = grep(/refund/i, {limit: 20_000})
const ids = new Set(hits.filter(h => h.document === 0).map(h => h.line))
const lines = context[0].split("\\n")
let tickets = [...ids].map(n => JSON.parse(lines[n - 1]))
print(hits.length, "lines in", tickets.length, "tickets")`,
    printed: '18204 lines in 6911 tickets\n',
  },
  {
    thought: 'Too many to read all of them. A sample tells me the wordings of a promise, then code can narrow it down.',
    before: 'That is too many to read closely. I will learn the wordings of a promise from a sample, then narrow down in code.',
    code: `const sample = chunk(tickets.filter((_, i) => i % 8 === 0), 24).map(part =>
  "Which wordings promise money back? One a line, no others.\\n\\n" + part.map(thread).join("\\n---\\n"))
const kinds = await llm_query_batched(sample)
const wordings = [...new Set(kinds.join("\\n").split("\\n").map(w => w.trim().toLowerCase()))]
tickets = tickets.filter(t => wordings.some(w => thread(t).toLowerCase().includes(w)))
print(wordings.length, "wordings,", tickets.length, "tickets left")
function thread(t) { return "#" + t.id + " " + t.region + "\\n" + t.thread.join("\\n") }
function chunk(list, n) { return list.length ? [list.slice(0, n), ...chunk(list.slice(n), n)] : [] }`,
    printed: '9 wordings, 1200 tickets left\n',
  },
  {
    thought: 'Now read every candidate with the rule beside it, and settle merged and reopened tickets apart.',
    before: 'Now every candidate is read with the rule beside it. Merged tickets need their own search, so a copy of me takes them.',
    code: `// Read every candidate, 30 tickets a call
const rule = context[1].slice(182340, 186910)
const batches = chunk(tickets, 30)
const ask = b => llm_query(\`
  \${rule}
  For each ticket: was a refund promised?
  Was it paid? Reply in JSON lines:
  {id, region, promised, paid, quote}
  \${b.map(thread).join("\\n---\\n")}\`)

const moved = rlm_query(
  "Which were paid under another ticket id?",
  merged)
const again = rlm_query(
  "Which did the customer reopen?", reopened)

const [rows, elsewhere, back] =
  await Promise.all([...batches.map(ask),
    moved, again])
print(rows.length, elsewhere, back)`,
    printed: '921 {n: 17, pairs: [[71120, 70877], [88102, 87650], …]} {n: 26, reopened: [70412, 71003, …]}\n',
  },
  {
    thought: 'Before I answer, each group of unpaid tickets should be checked against its own text.',
    before: 'Before I answer, the quotes are checked against the tickets, and doubtful groups are read once more.',
    code: `const unpaid = rows.filter(r => r.promised && !r.paid && !elsewhere.has(r.id) && !back.has(r.id))
const missing = unpaid.filter(r => !context[0].includes(r.quote))
print(missing.length, "quotes not found word for word")
const checks = await llm_query_batched(chunk(unpaid, 27).map(part =>
  "Name every id below whose thread does not promise money back.\\n" + JSON.stringify(part)))
const byRegion = Object.groupBy(unpaid, r => r.region)
print(checks.filter(c => c !== "none").length, "groups with doubts")
for (const [region, list] of Object.entries(byRegion)) print(region, list.length)`,
    printed: `0 quotes not found word for word
0 groups with doubts
EMEA 93
North America 61
APAC 41
LATAM 19
`,
  },
];

export const ANSWER = `# 214 tickets promise a refund that was never paid. EMEA holds 93 of them.

| Region | Tickets | Refund threads | Owed | Oldest |
| :--- | ---: | ---: | ---: | ---: |
| EMEA | 93 | 1,204 | €11,480 | Feb 3 |
| North America | 61 | 1,388 | €9,105 | Mar 19 |
| APAC | 41 | 702 | €4,220 | Jan 28 |
| LATAM | 19 | 355 | €1,640 | May 7 |
| **All** | **214** | **3,649** | **€26,445** | |

Most follow one pattern. An agent promises the money within days, [1] the ticket closes before the payment run, [2] and no payment reference is ever written, although the policy keeps a ticket open until one is. [3]

Left out: 17 tickets paid under another id after a merge, [4] and 26 that were reopened and paid later.`;

export const FINAL_TURN: ScriptedTurn = {
  thought: 'All quotes are word for word and the groups agree. I can answer.',
  before: 'All quotes stand word for word, so this is the answer.',
  code: `const report = \`${ANSWER}\`\nFINAL(report)`,
  printed: '',
};

export const MERGED_QUESTION = 'Which were paid under another ticket id?';
export const MERGED_ANSWER = '{n: 17, pairs: [[71120, 70877], [88102, 87650], [76431, 76009], [79930, 79102]]}';
export const MERGED_TURNS: readonly ScriptedTurn[] = [
  {
    thought: 'See how much there is.',
    before: 'First, how much there is.',
    code: 'print(context.length, "characters")\nconst merged = context.split("\\n---\\n")\nprint(merged.length, "merged tickets")',
    printed: '1048576 characters\n1940 merged tickets\n',
  },
  {
    thought: 'Pair tickets whose ledgers show the same sum.',
    before: 'Tickets whose ledgers show the same sum are candidates for one another.',
    code: `const bySum = Object.groupBy(merged, t => t.match(/€([\\d.]+)/)?.[1] ?? "none")
const pairs = Object.values(bySum).filter(list => list.length === 2)
print(pairs.length, "candidate pairs")`,
    printed: '611 candidate pairs\n',
  },
  {
    thought: 'Ask for each handful whether the payment reference is shared.',
    before: 'Whether two tickets share a payment needs reading. Ten pairs a call.',
    code: `const asks = Array.from({length: 64}, (_, i) => pairs.slice(i * 10, i * 10 + 10))
const replies = await llm_query_batched(asks.map(part =>
  "Which pairs share one payment reference? Ids only.\\n" + part.map(p => p.join("\\n")).join("\\n===\\n")))
const failed = replies.filter(r => r instanceof Error)
print(replies.length - failed.length, "back,", failed.length, "failed")
const found = replies.filter(r => typeof r === "string" && /\\d/.test(r))
FINAL({n: 17, pairs: found.flatMap(parse)})
function parse(reply) { return [...reply.matchAll(/(\\d+) ?= ?(\\d+)/g)].map(m => [+m[1], +m[2]]) }`,
    printed: '63 back, 1 failed\n',
  },
];

export const REOPENED_QUESTION = 'Which did the customer reopen?';
export const REOPENED_ANSWER = '{n: 26, reopened: [70412, 71003, 72250, 73318, 75590]}';
export const REOPENED_TURNS: readonly ScriptedTurn[] = [
  {
    thought: 'Look first.',
    before: 'A look at one of them.',
    code: 'print(context.slice(0, 600))',
    printed: '#70412 EMEA, closed 2025-02-11\ncustomer: Reopening this, nothing has arrived.\nagent: Paid today.\nledger: refund €64.50 ref P70412-2\n',
  },
  {
    thought: 'Reopened ones have a customer line after the closing line.',
    before: 'A reopened ticket has a customer line after the closing line.',
    code: `const reopened = context.split("\\n---\\n").filter(t =>
  t.lastIndexOf("customer:") > t.indexOf("Closing this as resolved"))
print(reopened.length)`,
    printed: '26\n',
  },
  {
    thought: 'All paid later.',
    before: 'All of them carry a later payment reference.',
    code: 'FINAL({n: 26, reopened: reopened.map(t => +t.slice(1, 6))})',
    printed: '',
  },
];

export const QUOTES: readonly { readonly quote: string; readonly document: string; readonly from: number }[] = [
  { quote: 'You will see the €129.00 within five business days.', document: 'd1', from: 32_281_400 },
  { quote: 'Closing this as resolved.', document: 'd1', from: 32_281_502 },
  {
    quote: 'A ticket shall remain open until the payment reference has been recorded.',
    document: 'd2',
    from: 184_102,
  },
  { quote: 'Merged into 71120, refund issued there.', document: 'd1', from: 6_077_310 },
  { quote: 'The €64.50 goes out with Friday’s run.', document: 'd1', from: 11_204_118 },
  { quote: 'Approved, nothing more to do here.', document: 'd1', from: 14_650_990 },
  { quote: 'I have put the refund of €88.10 through for you.', document: 'd1', from: 20_118_764 },
  { quote: 'Accounting will return €41.75 to the card you paid with.', document: 'd1', from: 25_977_203 },
  { quote: 'Reopening this, nothing has arrived.', document: 'd1', from: 38_400_551 },
];
