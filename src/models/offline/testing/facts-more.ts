import type { FactTemplate } from './facts-dev.ts';

/** More development templates: once kept apart, then looked at. */
export const MORE: readonly FactTemplate[] = [
  (r) => {
    const [safe, pin] = [r.word(), String(r.number(100000, 999999))];
    return {
      type: 'code',
      sentence: `To open the safe in the ${safe} office, turn the dial to ${pin}.`,
      expect: pin,
      questions: [`What is the combination of the safe in the ${safe} office?`, `To what must the dial be turned to open the safe in the ${safe} office?`, `Which number opens the safe in the ${safe} office?`],
      absent: [`What is the combination of the safe in the ${r.word()} office?`, `Who owns the safe in the ${safe} office?`],
    };
  },
  (r) => {
    const [who, novel] = [r.person(), r.word()];
    return {
      type: 'who',
      sentence: `The novel "${novel}" was written by ${who} during a long winter.`,
      expect: who,
      questions: [`Who wrote the novel ${novel}?`, `Who is the author of ${novel}?`, `Which writer penned "${novel}"?`],
      absent: [`Who translated the novel ${novel}?`, `Who wrote the novel ${r.word()}?`],
    };
  },
  (r) => {
    const [festival, date] = [r.word(), `${r.number(2, 28)} August`];
    return {
      type: 'when',
      sentence: `Every year the ${festival} festival opens on ${date} with a parade.`,
      expect: date,
      questions: [`When does the ${festival} festival open?`, `On which date does the ${festival} festival start?`, `What day does the ${festival} festival begin?`],
      absent: [`When does the ${festival} festival end?`, `Who founded the ${festival} festival?`],
    };
  },
  (r) => {
    const [school, n] = [r.word(), r.number(60, 800)];
    return {
      type: 'how many',
      sentence: `Last autumn ${n} pupils were enrolled at ${school} school.`,
      expect: String(n),
      questions: [`How many pupils were enrolled at ${school} school last autumn?`, `How many pupils does ${school} school have?`, `What is the number of pupils enrolled at ${school} school?`],
      absent: [`How many teachers work at ${school} school?`, `How many pupils were enrolled at ${r.word()} school?`],
    };
  },
  (r) => {
    const [who, thing] = [r.person(), r.pick(['under the chapel floor', 'behind the old clock', 'inside a hollow oak'])];
    return {
      type: 'where',
      sentence: `${who} hid the silver key ${thing}.`,
      expect: thing.split(' ').slice(-2).join(' '),
      questions: [`Where did ${who} hide the silver key?`, `Where is the silver key hidden by ${who}?`, `Where was ${who}'s silver key concealed?`],
      absent: [`Where did ${who} hide the golden key?`, `When did ${who} hide the silver key?`],
    };
  },
  (r) => {
    const [lamp, price] = [r.word(), `€${r.number(20, 900)}`];
    return {
      type: 'money',
      sentence: `A ticket for the ${lamp} ferry costs ${price} in summer.`,
      expect: price,
      questions: [`How much does a ticket for the ${lamp} ferry cost in summer?`, `What is the price of a summer ticket for the ${lamp} ferry?`, `What is the fare of the ${lamp} ferry in summer?`],
      absent: [`How much does a ticket for the ${lamp} train cost?`, `How long does the ${lamp} ferry take?`],
    };
  },
  (r) => {
    const [club, animal] = [r.word(), r.pick(['otter', 'heron', 'badger'])];
    return {
      type: 'what',
      sentence: `The mascot of the ${club} rowing club is a stuffed ${animal}.`,
      expect: animal,
      questions: [`What is the mascot of the ${club} rowing club?`, `Which animal is the mascot of the ${club} rowing club?`, `What does the ${club} rowing club have as its mascot?`],
      absent: [`What is the motto of the ${club} rowing club?`, `What is the mascot of the ${r.word()} rowing club?`],
    };
  },
  (r) => {
    const [lake, depth] = [r.word(), r.number(20, 400)];
    return {
      type: 'measure',
      sentence: `Lake ${lake} reaches a depth of ${depth} metres near the dam.`,
      expect: String(depth),
      questions: [`How deep is Lake ${lake}?`, `What depth does Lake ${lake} reach?`, `What is the depth of Lake ${lake}?`],
      absent: [`How wide is Lake ${lake}?`, `How deep is Lake ${r.word()}?`],
    };
  },
  (r) => {
    const [firm, who] = [r.word(), r.person()];
    return {
      type: 'who',
      sentence: `In the spring ${who} became head of the ${firm} company.`,
      expect: who,
      questions: [`Who leads the ${firm} company?`, `Who is the head of the ${firm} company?`, `Who became the boss of the ${firm} company?`],
      absent: [`Who founded the ${firm} company?`, `Who is the head of the ${r.word()} company?`, `What is the address of the ${firm} company?`],
    };
  },
  (r) => {
    const [train, time] = [r.word(), `${r.number(1, 12)}:${r.number(10, 59)}`];
    return {
      type: 'when',
      sentence: `The night train to ${train} leaves at ${time} from platform nine.`,
      expect: time,
      questions: [`When does the night train to ${train} leave?`, `At what time does the night train to ${train} depart?`, `What is the departure time of the night train to ${train}?`],
      absent: [`When does the night train to ${train} arrive?`, `When does the night train to ${r.word()} leave?`],
    };
  },
  (r) => {
    const [bakery, who] = [r.word(), r.person()];
    return {
      type: 'yes-no',
      sentence: `${who} owns the bakery in ${bakery} and sells bread on Sundays.`,
      expect: 'Yes',
      questions: [`Does ${who} own the bakery in ${bakery}?`, `Does ${who} sell bread on Sundays?`],
      absent: [`Does ${who} own the brewery in ${bakery}?`, `Does ${r.person()} own the bakery in ${bakery}?`],
    };
  },
  (r) => {
    const [project, name] = [r.word(), r.word()];
    return {
      type: 'what',
      sentence: `Inside the company, project ${project} was known by the nickname ${name}.`,
      expect: name,
      questions: [`What was the nickname of project ${project}?`, `By what nickname was project ${project} known?`, `What was project ${project} called inside the company?`],
      absent: [`What was the budget of project ${project}?`, `What was the nickname of project ${r.word()}?`],
    };
  },
  (r) => {
    const [who, serial] = [r.person(), `SN-${r.number(10000, 99999)}`];
    return {
      type: 'code',
      sentence: `The telescope that belongs to ${who} has the serial number ${serial}.`,
      expect: serial,
      questions: [`What is the serial number of ${who}'s telescope?`, `Which serial number does the telescope of ${who} have?`, `What serial number is on the telescope belonging to ${who}?`],
      absent: [`What is the serial number of ${who}'s camera?`, `What is the serial number of ${r.person()}'s telescope?`],
    };
  },
  (r) => {
    const [king, beast] = [r.word(), r.pick(['a white elephant', 'a pair of swans', 'a talking parrot'])];
    return {
      type: 'what',
      sentence: `The people of ${king} gave the ambassador ${beast} as a farewell present.`,
      expect: beast.split(' ').slice(-1).join(' '),
      questions: [`What did the people of ${king} give the ambassador?`, `What farewell present did the ambassador get from the people of ${king}?`],
      absent: [`What did the people of ${king} give the bishop?`, `What did the people of ${r.word()} give the ambassador?`],
    };
  },
  (r) => {
    const [hall, who] = [r.word(), r.person()];
    return {
      type: 'who',
      sentence: `The concert hall of ${hall} was designed by the architect ${who}.`,
      expect: who,
      questions: [`Who designed the concert hall of ${hall}?`, `Who was the architect of the ${hall} concert hall?`, `Which architect planned the concert hall of ${hall}?`],
      absent: [`Who conducted in the concert hall of ${hall}?`, `Who designed the town hall of ${hall}?`],
    };
  },
];
