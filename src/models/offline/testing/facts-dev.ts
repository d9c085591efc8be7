import type { Random } from './random.ts';

/** A fact to plant, questions it answers, and questions it looks like answering but does not. */
export interface Fact {
  readonly type: string;
  readonly sentence: string;
  readonly questions: readonly string[];
  /** Must stand in the answer. */
  readonly expect: string;
  readonly absent: readonly string[];
}

export type FactTemplate = (r: Random) => Fact;

/** Templates the rules were developed on. */
export const DEVELOPMENT: readonly FactTemplate[] = [
  (r) => {
    const code = r.code();
    const side = r.pick(['north', 'east', 'upper']);
    const other = { north: 'south', east: 'west', upper: 'lower' }[side] ?? '';
    return {
      type: 'code',
      sentence: `The access code for the ${side} vault is ${code}.`,
      expect: code,
      questions: [`What is the access code of the ${side} vault?`, `Which code opens the ${side} vault?`, `Tell me the ${side} vault's access code.`, `what code do i need for the ${side} vault`],
      absent: [`What is the access code of the ${other} vault?`, `What is the phone number of the ${side} vault?`, 'What is the phone number of the aquarium?'],
    };
  },
  (r) => {
    const [comet, who, year] = [r.word(), r.person(), r.number(1700, 1990)];
    return {
      type: 'who',
      sentence: `The comet ${comet} was first observed by ${who} in ${year}.`,
      expect: who,
      questions: [`Who discovered the comet ${comet}?`, `Who first observed comet ${comet}?`, `Which astronomer spotted the comet ${comet}?`, `By whom was the comet ${comet} first seen?`],
      absent: [`Who discovered the comet ${r.word()}?`, `Who painted the comet ${comet}?`, `When did ${who} die?`],
    };
  },
  (r) => {
    const [bridge, year] = [r.word(), r.number(1700, 1990)];
    return {
      type: 'when',
      sentence: `The ${bridge} bridge was completed in ${year} after six years of work.`,
      expect: String(year),
      questions: [`When was the ${bridge} bridge finished?`, `In which year was the ${bridge} bridge completed?`, `What year was the ${bridge} bridge completed?`],
      absent: [`When was the ${bridge} bridge demolished?`, `When was the ${r.word()} bridge completed?`, `Who designed the ${bridge} bridge?`],
    };
  },
  (r) => {
    const [place, count] = [r.word(), r.number(40, 900)];
    return {
      type: 'how many',
      sentence: `The orchard at ${place} has ${count} pear trees and a small pond.`,
      expect: String(count),
      questions: [`How many pear trees does the orchard at ${place} have?`, `How many pear trees are there in the ${place} orchard?`, `How many pear trees grow at ${place}?`],
      absent: [`How many plum trees does the orchard at ${place} have?`, `How many pear trees does the orchard at ${r.word()} have?`, `How many people live in ${place}?`],
    };
  },
  (r) => {
    const [who, city] = [r.person(), r.word()];
    return {
      type: 'where',
      sentence: `After the war ${who} settled in ${city} with two dogs.`,
      expect: city,
      questions: [`Where did ${who} settle after the war?`, `In which town did ${who} live after the war?`, `Where did ${who} go to live?`],
      absent: [`Where was ${who} born?`, `Where is ${who} buried?`, `What is ${who}'s favourite colour?`],
    };
  },
  (r) => {
    const [library, sum] = [r.word(), `$${r.number(20, 90)},${r.number(100, 999)}`];
    return {
      type: 'money',
      sentence: `The annual budget of the ${library} library is ${sum}.`,
      expect: sum,
      questions: [`What is the annual budget of the ${library} library?`, `How large is the yearly budget of the ${library} library?`, `How much money does the ${library} library have in its annual budget?`],
      absent: [`What is the annual budget of the ${library} museum?`, `How many books does the ${library} library own?`],
    };
  },
  (r) => {
    const [inn, colour] = [r.word(), r.pick(['crimson', 'turquoise', 'violet', 'green'])];
    return {
      type: 'what',
      sentence: `The front door of the ${inn} inn is painted ${colour}.`,
      expect: colour,
      questions: [`What colour is the front door of the ${inn} inn?`, `Which color is the ${inn} inn's front door?`, `What is the color of the front door of the ${inn} inn?`],
      absent: [`What colour is the roof of the ${inn} inn?`, `Who owns the ${inn} inn?`],
    };
  },
  (r) => {
    const [ship, who] = [r.word(), r.person()];
    return {
      type: 'who',
      sentence: `${who} was the captain of the schooner ${ship} on its last voyage.`,
      expect: who,
      questions: [`Who was the captain of the schooner ${ship}?`, `Who commanded the schooner ${ship}?`, `What was the name of the captain of the ${ship}?`],
      absent: [`Who built the schooner ${ship}?`, `Who was the captain of the schooner ${r.word()}?`, `Who was the cook of the schooner ${ship}?`],
    };
  },
  (r) => {
    const [who, day] = [r.person(), `${r.number(1, 28)} March ${r.number(1800, 1990)}`];
    return {
      type: 'when',
      sentence: `${who} was born on ${day} in a lighthouse.`,
      expect: day,
      questions: [`When was ${who} born?`, `What is ${who}'s date of birth?`, `On what date was ${who} born?`],
      absent: [`When did ${who} die?`, `When did ${who} marry?`],
    };
  },
  (r) => {
    const [tower, height] = [r.word(), r.number(30, 300)];
    return {
      type: 'measure',
      sentence: `The ${tower} tower is ${height} metres high.`,
      expect: String(height),
      questions: [`How tall is the ${tower} tower?`, `What is the height of the ${tower} tower?`, `How high is the ${tower} tower?`],
      absent: [`How old is the ${tower} tower?`, `How tall is the ${r.word()} tower?`],
    };
  },
  (r) => {
    const [network, password] = [r.word(), `${r.word().toLowerCase()}${r.number(10, 99)}`];
    return {
      type: 'code',
      sentence: `The password for the ${network} guest network is ${password}.`,
      expect: password,
      questions: [`What is the password for the ${network} guest network?`, `What is the ${network} guest network's password?`, `Which password is needed to use the ${network} guest network?`],
      absent: [`What is the password for the ${r.word()} guest network?`, `What is the email address of the ${network} office?`],
    };
  },
  (r) => {
    const museum = r.word();
    return {
      type: 'yes-no',
      sentence: `The ${museum} museum is not open on Mondays.`,
      expect: 'No',
      questions: [`Is the ${museum} museum open on Mondays?`],
      absent: [`Is the ${museum} museum free?`, `Is the ${r.word()} museum open on Mondays?`],
    };
  },
  (r) => {
    const [who, what] = [r.person(), r.pick(['two crates of lemons', 'a barrel of herring', 'seven wax candles'])];
    return {
      type: 'what',
      sentence: `On Tuesday ${who} ordered ${what} for the harbour feast.`,
      expect: what,
      questions: [`What did ${who} order for the harbour feast?`, `What was ordered by ${who} for the harbour feast?`],
      absent: [`What did ${who} steal from the harbour?`, `What did ${r.person()} order for the harbour feast?`],
    };
  },
  (r) => {
    const [mill, reason] = [r.word(), r.pick(['the river had frozen', 'the owner was in debt', 'rats had eaten the belts'])];
    return {
      type: 'why',
      sentence: `The ${mill} mill was closed because ${reason}.`,
      expect: reason,
      questions: [`Why was the ${mill} mill closed?`, `Why did the ${mill} mill close?`],
      absent: [`Why was the ${mill} mill painted?`, `Why was the ${r.word()} mill closed?`],
    };
  },
  (r) => {
    const [zoo, phone] = [r.word(), `0${r.number(20, 99)} ${r.number(100, 999)} ${r.number(1000, 9999)}`];
    return {
      type: 'code',
      sentence: `You can reach the ${zoo} zoo by telephone at ${phone}.`,
      expect: phone,
      questions: [`What is the phone number of the ${zoo} zoo?`, `What is the telephone number of the ${zoo} zoo?`],
      absent: [`What is the email address of the ${zoo} zoo?`, `What is the phone number of the ${zoo} theatre?`],
    };
  },
];
