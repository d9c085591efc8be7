import { type Random, seededRandom } from '../../base/random.ts';
import { type Given, type Writer, createWriter } from './grammar.ts';
import { TICKET_RULES } from './ticket-rules.ts';

export type RefundStatus = 'none' | 'requested' | 'promised' | 'paid' | 'declined';

/** One line of the file. */
export interface Ticket {
  readonly id: string;
  /** ISO day it was opened. */
  readonly date: string;
  readonly region: string;
  readonly product: string;
  readonly priority: 'low' | 'normal' | 'high' | 'urgent';
  readonly subject: string;
  /** Where the refund stands: what is `promised` has not been paid; what is paid says `paid`. */
  readonly refund_status: RefundStatus;
  /** Euro asked for or granted; null without a refund. */
  readonly refund_amount: number | null;
  /** Lines `customer: …`, `agent Name: …` and, where money went out, `ledger: …`. */
  readonly thread: string;
}

export interface TicketOptions {
  readonly seed: string;
  readonly count: number;
}

/**
 * Where tickets come from, and how their refunds end. The region with most tickets and the one with
 * most refunds paid are not the one where most promises are left open.
 */
const REGIONS: readonly { name: string; share: number; promised: number; paid: number }[] = [
  { name: 'North America', share: 0.34, promised: 0.02, paid: 0.2 },
  { name: 'Europe', share: 0.27, promised: 0.05, paid: 0.16 },
  { name: 'Asia Pacific', share: 0.2, promised: 0.12, paid: 0.07 },
  { name: 'Latin America', share: 0.12, promised: 0.13, paid: 0.08 },
  { name: 'Africa and Middle East', share: 0.07, promised: 0.1, paid: 0.1 },
];
const PRODUCTS: readonly (readonly [name: string, price: number])[] = [
  ['Kettle No. 9', 64],
  ['Toast Engine', 89.5],
  ['Night Lamp Plus', 39.9],
  ['Soup Companion', 129],
  ['Quiet Vacuum', 249],
  ['Umbrella Dryer', 58],
  ['Egg Conductor', 34.25],
  ['Breadbox Radio', 112],
];
const DAY = 24 * 3600 * 1000;
const FIRST_DAY = Date.UTC(2025, 0, 2);

/** Support tickets of a year, one JSON object a line, in order of date. */
export function* supportTickets({ seed, count }: TicketOptions): Generator<string, void> {
  const random = seededRandom(seed);
  const writer = createWriter(TICKET_RULES, random);
  for (let index = 0; index < count; index++) {
    const opened = FIRST_DAY + Math.floor((index / count) * 360) * DAY;
    yield `${JSON.stringify(ticket(index, opened, writer, random))}\n`;
  }
}

function ticket(index: number, opened: number, writer: Writer, random: Random): Ticket {
  const region = regionOf(random.next());
  const [product, price] = random.pick(PRODUCTS);
  const refund_status = refundOf(region, random);
  const part = random.chance(0.25) ? 0.5 : 1;
  const refund_amount = refund_status === 'none' ? null : price * part;
  const given = {
    product,
    name: writer.write('{agent}'),
    part: writer.write('{part}'),
    trouble: writer.write('{fault}', { part: writer.write('{part}') }),
    amount: `${(refund_amount ?? 0).toFixed(2)} euro`,
    paidOn: isoDay(opened + random.between(3, 20) * DAY),
  };
  return {
    id: `T-${20001 + index}`,
    date: isoDay(opened),
    region: region.name,
    product,
    priority: random.pick(['low', 'normal', 'normal', 'normal', 'high', 'urgent'] as const),
    subject: capital(writer.write('{subject}', given)),
    refund_status,
    refund_amount,
    thread: thread(refund_status, given, writer, random),
  };
}

function thread(
  status: RefundStatus,
  given: Given,
  writer: Writer,
  random: Random,
): string {
  const customer = (rule: string) => `customer: ${writer.write(`{${rule}}`, given)}`;
  const agent = (rule: string) => `agent ${given['name']}: ${writer.write(`{${rule}}`, given)}`;
  const lines = [customer('complaint'), writer.write('{check}', given)];
  if (random.chance(0.4)) lines.push(writer.write('{inVain}', given));
  switch (status) {
    case 'none':
      lines.push(writer.write('{cured}', given));
      break;
    case 'requested':
      lines.push(customer('ask'), agent('pending'));
      break;
    case 'declined':
      lines.push(customer('ask'), agent('decline'), customer('thanks'));
      break;
    case 'promised':
      lines.push(customer('ask'), agent('promise'), customer('thanks'));
      break;
    case 'paid':
      lines.push(customer('ask'), agent('promise'), customer('thanks'));
      lines.push(`ledger: ${writer.write('{ledger}', given)}`);
      break;
  }
  return lines.join('\n');
}

type Region = (typeof REGIONS)[number];

function regionOf(draw: number): Region {
  let rest = draw;
  for (const region of REGIONS) {
    rest -= region.share;
    if (rest < 0) return region;
  }
  // The shares add up to 1, but for rounding.
  return REGIONS[0] as Region;
}

function refundOf({ promised, paid }: Region, random: Random): RefundStatus {
  const draw = random.next();
  if (draw < promised) return 'promised';
  if (draw < promised + paid) return 'paid';
  if (draw < promised + paid + 0.06) return 'declined';
  if (draw < promised + paid + 0.12) return 'requested';
  return 'none';
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
