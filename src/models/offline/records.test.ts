import { describe, expect, it } from 'vitest';
import { createOfflineModel } from './offline-model.ts';
import { Random } from './testing/random.ts';
import { runRoot } from './testing/run-root.ts';
import { commonest, makeTickets, SHAPES } from './testing/tables.ts';
import type { Ticket } from './testing/tables.ts';

const model = createOfflineModel();
const tickets = makeTickets(900, 7);
const count = (test: (ticket: Ticket) => boolean): string => String(tickets.filter(test).length);

async function headline(question: string, name: string, text: string): Promise<string> {
  const run = await runRoot(model, question, [{ name, text }]);
  expect(run.error).toBeNull();
  return run.answer.split('\n')[0] ?? '';
}

describe.each(Object.entries(SHAPES))('%s', (name, write) => {
  const text = write(tickets);
  const cases: readonly (readonly [string, string])[] = [
    ['How many tickets are from EMEA?', count((one) => one.region === 'EMEA')],
    ['How many tickets are there?', '900'],
    ['How many high priority tickets are open?', count((one) => one.priority === 'high' && one.status === 'open')],
    ['How many tickets mention refund?', count((one) => one.subject.includes('Refund'))],
    ['How many tickets have an amount over 500?', count((one) => one.amount > 500)],
    ['How many tickets from New York Traders are not closed?', count((one) => one.customer === 'New York Traders' && one.status !== 'closed')],
    ['How many tickets are EMEA or APAC?', count((one) => one.region === 'EMEA' || one.region === 'APAC')],
    ['Which region has the most tickets with priority high?', commonest(tickets.filter((one) => one.priority === 'high').map((one) => one.region))],
    ['What is the most common priority?', commonest(tickets.map((one) => one.priority))],
    ['How many different customers are there?', '6'],
    ['What is the status of ticket 1042?', tickets[42]?.status ?? ''],
  ];
  it.each(cases)('%s', async (question, expected) => {
    expect(await headline(question, name, text)).toContain(`**${expected}**`);
  });

  it('does not count what is not there', async () => {
    expect(await headline('How many unicorns are in the zoo?', name, text)).toMatch(/^Not found/);
  });
});

describe('logs and lines', () => {
  const r = new Random(5);
  const lines = Array.from({ length: 800 }, (_, i) => `2024-05-0${1 + (i % 9)}T10:${10 + (i % 50)}:00Z ${r.pick(['INFO', 'WARN', 'ERROR'])} [${r.pick(['auth', 'billing'])}] ${r.pick(['request done', 'timeout while calling db'])} user=${i % 17}`);
  const log = lines.join('\n');
  const of = (test: (line: string) => boolean): string => `**${lines.filter(test).length}**`;

  it('counts lines that contain a word', async () => {
    expect(await headline('How many lines contain ERROR?', 'app.log', log)).toContain(of((line) => line.includes('ERROR')));
  });
  it('counts by level and by word of the message', async () => {
    expect(await headline('How many ERROR lines mention timeout?', 'app.log', log)).toContain(of((line) => line.includes('ERROR') && line.includes('timeout')));
  });
  it('ranks a column without a name', async () => {
    const errors = lines.filter((line) => line.includes('ERROR')).map((line) => /\[(\w+)\]/.exec(line)?.[1] ?? '');
    expect(await headline('Which service logged the most errors?', 'app.log', log)).toContain(`**${commonest(errors)}**`);
  });
  it('counts occurrences of a word and lines of a text', async () => {
    expect(await headline('How many times does the word "timeout" appear?', 'app.log', log)).toContain(of((line) => line.includes('timeout')));
    expect(await headline('How many lines are there?', 'note.txt', 'One line here.\nTwo lines here.\nThree of them.')).toContain('**3**');
  });
});
