import { Random } from './random.ts';

/** Made-up tickets with answers that can be reckoned, in the shapes people keep them in. */
export interface Ticket {
  readonly id: number;
  readonly region: string;
  readonly priority: string;
  readonly status: string;
  readonly customer: string;
  readonly created: string;
  readonly amount: number;
  readonly subject: string;
}

export function makeTickets(count: number, seed: number): Ticket[] {
  const r = new Random(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: 1000 + i,
    region: r.pick(['EMEA', 'APAC', 'AMER', 'LATAM']),
    priority: r.pick(['low', 'medium', 'high', 'urgent']),
    status: r.pick(['open', 'closed', 'pending']),
    customer: r.pick(['Acme Corp', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'New York Traders']),
    created: `2024-0${1 + r.below(9)}-1${r.below(9)}`,
    amount: r.number(5, 900),
    subject: r.pick(['Cannot log in', 'Refund requested', 'Invoice is wrong, please check', 'App crashes on start', 'Slow "dashboard" page']),
  }));
}

const quoted = (value: unknown): string => (/[",]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

export const SHAPES: Readonly<Record<string, (tickets: readonly Ticket[]) => string>> = {
  'tickets.csv': (tickets) => [Object.keys(tickets[0] ?? {}).join(','), ...tickets.map((ticket) => Object.values(ticket).map(quoted).join(','))].join('\n'),
  'tickets.jsonl': (tickets) => tickets.map((ticket) => JSON.stringify({ ...ticket, meta: { source: 'web' } })).join('\n'),
  'tickets.txt': (tickets) =>
    tickets
      .map((one) => `Ticket: ${one.id}\nRegion: ${one.region}\nPriority: ${one.priority}\nStatus: ${one.status}\nCustomer: ${one.customer}\nSubject: ${one.subject}\nAmount: ${one.amount}\n`)
      .join('\n'),
};

/** The value that most of the tickets have. */
export function commonest(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
