import { sameFamily, stem } from './terms.ts';

/**
 * A small thesaurus of everyday English: words of one line can stand for one another in a question
 * and the sentence that answers it. General on purpose; nothing here knows any particular text.
 */
const VERB_GROUPS = `
discover observe find spot detect identify notice sight see uncover unearth
invent devise create conceive develop originate
design draft architect plan conceive
build construct erect raise make assemble
write author compose pen publish
paint draw sketch portray depict
founded establish start create set-up launch institute
begin start open commence launch inaugurate initiate kick-off
open unlock unseal access
end finish close conclude stop cease terminate expire complete
complete finish conclude
close shut
lead head direct manage run chair command supervise oversee govern charge
command captain skipper commander
own possess belong proprietor have
buy purchase acquire obtain
sell auction
pay cost spend price
pay buy purchase
earn pay salary wage
live reside dwell inhabit home settle stay lodge house
born birth birthplace
die death pass-away perish decease killed
kill murder slay assassinate
bury inter grave tomb burial
marry wed spouse wife husband married
father beget sire son daughter
mother bear son daughter
teach instruct educate tutor lecture
study attend graduate educate enrol
learn study
work employ job serve
hire employ recruit appoint engage
appoint name elect nominate choose
win gain victory award champion
lose defeat
beat defeat overcome
give donate present bequeath gift grant hand
receive get obtain accept awarded
steal rob thief theft
hide conceal stash tuck secrete bury
keep store hold stow house shelve
locate situate lie stand place position find
hold host stage take-place
happen occur take-place
visit travel tour
arrive reach land dock
depart leave sail set-off
bring carry deliver transport ship
send dispatch mail post ship
eat consume dine feed
drink sip consume
cook bake prepare roast
say state declare announce mention claim tell
name call title christen dub know
repair fix mend restore renovate
break damage destroy wreck ruin demolish
sink wreck founder capsize
replace succeed substitute
use employ utilise operate need require
play perform star act
sing perform record
direct film shoot
translate render interpret
plant sow grow
guard protect watch defend
rescue save
contain hold include comprise house
measure weigh stand
measure length height width depth
make create work sculptor painter artist craftsman
increase rise grow raise climb
decrease fall drop reduce decline shrink
change alter modify adjust amend
cancel abort scrap call-off
approve authorise sign accept agree
reject refuse deny decline
cause trigger lead provoke result
report document log record
fail crash break outage
fund finance sponsor bankroll pay
supply provide furnish deliver
speak talk language
like love prefer favourite enjoy adore
breed raise rear
elect vote choose
register record enrol
schedule plan book arrange
meet gather convene assemble
conduct lead direct
carve sculpt chisel whittle
forge cast mould hammer
weave knit sew stitch embroider tailor
brew distil ferment
train coach drill tutor
treat heal cure nurse
arrest capture catch detain apprehend seize
escape flee abscond
attack raid assault storm besiege
betray deceive
crown enthrone
inherit bequeath succeed
borrow lend loan
rent lease let
invest fund stake
dig excavate mine drill
harvest gather pick reap collect
hunt trap shoot
drive steer pilot navigate
climb scale ascend
cross traverse
explore chart map survey
photograph snap shoot
edit revise
print publish
illustrate draw
solve crack decipher decode
prove demonstrate show
calculate compute reckon
test examine inspect check audit
confirm verify
admit confess
promise vow pledge swear
warn alert caution
forbid ban prohibit
allow permit
invite summon ask
accompany escort
follow pursue chase
join enter enlist enrol
quit resign retire step-down leave
dismiss fire sack oust
promote advance elevate
compete race contest
become appoint succeed
spearhead lead head
pioneer invent founded
attend visit join
stage perform host
wear don
fill load
empty drain
burn scorch
flood drown
paint decorate
donate bequeath contribute
owe due debt
carry contain transport
rule reign govern
order request demand
`;

const NOUN_GROUPS = `
code password passcode pin passphrase combination key keypad dial
phone telephone mobile cell call hotline
email e-mail mail
address location street
price cost fee fare charge rate sell buy
salary wage pay income earnings
amount sum total
boss manager supervisor head chief leader director
leader head chief captain commander
doctor physician surgeon medic
teacher instructor tutor professor
author writer novelist poet
composer musician
painter artist
keeper guardian custodian warden caretaker
owner proprietor holder
founder creator originator
maker manufacturer producer builder
capital seat
city town municipality
village hamlet settlement
country nation state
ship vessel boat craft
car vehicle automobile
plane aircraft airplane aeroplane
house home residence dwelling
job occupation profession work trade role position
child kid son daughter
kid child
people inhabitant resident citizen population
wife spouse husband
photo picture image photograph
film movie picture
book novel volume
song tune
illness disease sickness ailment
money cash funds budget
budget funding allocation
colour color hue shade paint
birthday birth born
age old
height tall high
length long
width wide
depth deep
weight heavy weigh mass
speed fast
distance far
temperature hot cold degrees
nickname alias called
deadline due
beginning start
end finish
error failure fault
reason cause
meeting conference session
company firm business corporation
employee staff worker personnel
customer client
ticket issue case
message text sms
picture painting portrait
mascot
pet
dog hound
cat kitten
horse mare stallion
chapel church
inn tavern pub
shop store
lawyer attorney solicitor barrister
favourite favorite preferred
big large great huge
small little tiny
quick fast rapid
late delay tardy
northern north
southern south
eastern east
western west
`;

interface Thesaurus {
  readonly groups: ReadonlyMap<string, ReadonlySet<number>>;
  readonly members: readonly (readonly string[])[];
}

function readGroups(source: string): Thesaurus {
  const members = source
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const groups = new Map<string, Set<number>>();
  members.forEach((words, group) => {
    for (const word of words) {
      const key = stem(word);
      groups.set(key, (groups.get(key) ?? new Set()).add(group));
    }
  });
  return { groups, members };
}

const THESAURUS = readGroups(VERB_GROUPS + NOUN_GROUPS.trimStart());
const VERBS = readGroups(VERB_GROUPS);

/** True for a stem that heads a line of the verb groups: its meaning is known, so a miss tells. */
export function isKnownVerb(stemmed: string): boolean {
  return VERBS.groups.has(stemmed);
}

const familyGroups = new Map<string, ReadonlySet<number>>();

/** Groups of a word, by its family where it is not listed itself: departure goes with depart. */
function groupsOf(stemmed: string): ReadonlySet<number> {
  const direct = THESAURUS.groups.get(stemmed) ?? familyGroups.get(stemmed);
  if (direct !== undefined) return direct;
  const found = new Set<number>();
  if (stemmed.length > 4) {
    for (const [key, groups] of THESAURUS.groups) if (key.length > 3 && sameFamily(key, stemmed)) for (const group of groups) found.add(group);
  }
  // Bounded, since texts bring words without end.
  if (familyGroups.size > 20_000) familyGroups.clear();
  familyGroups.set(stemmed, found);
  return found;
}

export function areSynonyms(a: string, b: string): boolean {
  return synonymy(a, b) !== 'none';
}

/** `close` for words of one line, `loose` where only a word of the family is: conductor, directive. */
export function synonymy(a: string, b: string): 'close' | 'loose' | 'none' {
  const right = groupsOf(b);
  for (const group of groupsOf(a)) {
    if (right.has(group)) return THESAURUS.groups.has(a) && THESAURUS.groups.has(b) ? 'close' : 'loose';
  }
  return 'none';
}

/** Words that can stand for `stemmed`, itself left out. */
export function synonymsOf(stemmed: string): string[] {
  const words = new Set<string>();
  for (const group of groupsOf(stemmed)) {
    for (const word of THESAURUS.members[group] ?? []) if (stem(word) !== stemmed) words.add(word);
  }
  return [...words];
}
