/** Words that carry no topic, in the languages questions are most often asked in. */

const ENGLISH =
  'a an the this that these those some any each every all both either neither no not nor and or but if then than so ' +
  'as at by for from in into of off on onto out over to under up upon with within without about above after again against ' +
  'along among around before behind below beneath beside between beyond down during near per since through toward towards ' +
  'until via is am are was were be been being do does did doing have has had having can could will would shall should may ' +
  'might must i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom ' +
  "whose which what when where why how there here also just only very too such same own more most much many please tell " +
  "find know give show say said says according does't don't didn't doesn't isn't aren't wasn't weren't hasn't haven't " +
  'hadn\'t can\'t couldn\'t won\'t wouldn\'t shouldn\'t let got get gets exactly actually ever one ones whats whos';

const OTHERS =
  // German, French, Spanish, Italian, Portuguese, Dutch
  'de как какой какая какое какие кто что где когда сколько почему от в на и из с по для у о это был была было были есть ли не ' +
  'der die das den dem des ein eine einer eines einem einen und oder nicht ist sind war waren wird werden wurde wer wann wo ' +
  'wie viele viel welche welcher welches warum zu im am zum zur von vom mit auf für bei aus nach hat haben ' +
  'le la les un une du et ou est sont était qui que quoi quand où combien quel quelle quels quelles pourquoi comment dans ' +
  'sur par pour avec au aux ce cette il elle ils a-t-il est-ce ' +
  'el los las una unos unas y o es son fue era quién quien qué cuándo cuando dónde donde cuánto cuántos cuántas cuál cómo ' +
  'por para con del en se su sus lo ' +
  'il gli di da che chi dove quanti quante quale perché nel nella della delle dei sono è ' +
  'os as um uma e ou é são foi quem onde quantos qual como no na do dos da das em ' +
  'het een van wie waar wanneer hoeveel welke waarom zijn werd';

export const STOP_WORDS: ReadonlySet<string> = new Set(ENGLISH.split(' '));
/** Used only where a question is not in English: «die» and «son» are words of ours. */
export const FOREIGN_STOP_WORDS: ReadonlySet<string> = new Set(OTHERS.split(' '));

export const AUXILIARIES: ReadonlySet<string> = new Set(
  "is are was were am be been do does did has have had can could will would shall should may might must isn't aren't wasn't weren't doesn't don't didn't hasn't haven't hadn't won't can't couldn't".split(
    ' ',
  ),
);

export const PREPOSITIONS: ReadonlySet<string> = new Set(
  'of for in on at to from by with about under over near behind between inside during within into onto through against across after before beside below above around among per toward towards upon without beneath via'.split(
    ' ',
  ),
);

export const DETERMINERS: ReadonlySet<string> = new Set(
  'the a an this that these those his her its their our my your some any each every all both no'.split(' '),
);

export const PRONOUNS: ReadonlySet<string> = new Set(
  'he she it they him her them his hers its their theirs this that these those there here'.split(' '),
);
