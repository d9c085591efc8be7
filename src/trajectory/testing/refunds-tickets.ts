import { seeded } from './simulation.ts';

/** Invented support tickets and the policy that the refunds log reads. All by seed, so all the same. */

const REGIONS = ['EMEA', 'EMEA', 'EMEA', 'North America', 'North America', 'APAC', 'APAC', 'LATAM'] as const;
const PROMISES = [
  'You will see the €{sum} within five business days.',
  'I have put the refund of €{sum} through for you.',
  'The €{sum} goes out with Friday’s run.',
  'Accounting will return €{sum} to the card you paid with.',
];
const CUSTOMER = [
  'Thank you, I will wait.',
  'The parcel came on the 4th with the lid cracked. I have sent you two photographs already.',
  'I was charged twice for the same order and your form only lets me choose one of the charges.',
  'It has been three weeks now. Can somebody please look at the dates in this thread?',
  'I would rather have the money back than another voucher, if that is possible.',
  'Could you confirm which account it goes to? I closed the old one in January.',
];
const AGENT = [
  'I am sorry about that. Let me look up the order and come back to you today.',
  'I can see both charges. The second one should not be there.',
  'Thank you for the photographs, they are all I need.',
  'Approved, nothing more to do here.',
  'I have noted the new account on the order, so the old one is not used.',
];

export interface Ticket {
  readonly id: number;
  readonly region: string;
  readonly sum: string;
  readonly promised: boolean;
  readonly paid: boolean;
  readonly quote: string;
  readonly text: string;
}

export function tickets(seed: number, count: number): readonly Ticket[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[], otherwise: T): T =>
    list[Math.floor(random() * list.length)] ?? otherwise;
  return Array.from({ length: count }, () => {
    const id = 70_000 + Math.floor(random() * 20_000);
    const region = pick(REGIONS, 'EMEA');
    const sum = (9 + random() * 180).toFixed(2);
    const promised = random() < 0.25;
    const paid = !promised || random() < 0.4;
    const quote = promised ? pick(PROMISES, '').replace('{sum}', sum) : '';
    const lines = [`#${id} ${region}, closed 2025-0${1 + Math.floor(random() * 5)}-1${Math.floor(random() * 10)}`];
    for (let pair = 0; pair < 5; pair += 1) {
      lines.push(`customer: ${pick(CUSTOMER, '')}`, `agent: ${pick(AGENT, '')}`);
    }
    if (promised) lines.push(`agent: ${quote}`);
    lines.push('agent: Closing this as resolved.');
    lines.push(paid ? `ledger: refund €${sum} ref P${id}-1` : 'ledger: (no entries)');
    return { id, region, sum, promised, paid, quote, text: lines.join('\n') };
  });
}

/** One line of JSON for each ticket with a promise, as a sub-model would reply. */
export function rowsReply(batch: readonly Ticket[]): string {
  return batch
    .filter((ticket) => ticket.promised)
    .map(({ id, region, promised, paid, quote }) => JSON.stringify({ id, region, promised, paid, quote }))
    .join('\n');
}

const CLAUSES = [
  'A refund that an agent has promised in writing binds the company from the day of the promise.',
  'A ticket shall remain open until the payment reference has been recorded.',
  'Where two tickets are merged, the ledger of the older ticket governs, and the younger one shall name it.',
  'Payments leave with the weekly run on Friday; a promise made after noon on Thursday joins the run after.',
  'A ticket that is closed without a payment reference shall be listed in the monthly exceptions report.',
  'Vouchers do not count as a refund unless the customer has accepted them in the thread.',
];

/** Section 7.3 of the policy, the part that all calls of the large fan-out carry: 4,570 characters. */
export function policyRule(): string {
  let text = '7.3 Refunds promised to a customer\n';
  for (let number = 1; text.length < 4570; number += 1) {
    text += `(${number}) ${CLAUSES[(number * 5) % CLAUSES.length] ?? ''}\n`;
  }
  return text.slice(0, 4570);
}
