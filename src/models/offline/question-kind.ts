/** What the question wants done, which decides the root's strategy. */
export type QuestionKind =
  | 'empty'
  | 'greeting'
  | 'summary'
  | 'refuse'
  | 'count'
  | 'list'
  | 'most'
  | 'aggregate'
  | 'documents'
  | 'compare'
  | 'yes-no'
  | 'fact';

const RULES: readonly (readonly [QuestionKind, RegExp])[] = [
  ['empty', /^[^\p{L}\p{N}]*$/u],
  ['greeting', /^\W*(?:hi|hello|hey|hallo|bonjour|hola|good (?:morning|evening|day)|thanks?(?: you)?|ok|test(?:ing)?)(?: there| you)?\W*$/iu],
  [
    'summary',
    /\b(?:summar(?:y|i[sz]e|ies)|sum (?:it |this |that )?up|overview|gist|tl;?dr|main (?:points|ideas?|topics?)|key points|zusammenfass\p{L}*|résum\p{L}*|resum[ea]\p{L}*)\b|\bwhat(?:'s| is| are)? (?:this|it|these|the (?:texts?|documents?|files?|books?|story|stories|context))(?: (?:texts?|documents?|files?|books?|story))?(?: all)? about\b|\bdescribe (?:this|the) (?:text|document|file|data)/iu,
  ],
  ['refuse', /^\W*(?:please )?(?:translate|rewrite|rephrase|paraphrase|write (?:me |us )?(?:an? |some )?(?:poem|story|essay|song|letter|email|code|program|haiku|joke)|compose|imagine|pretend|draw|generate)\b/iu],
  ['documents', /\b(?:which|what|in which|in what|list (?:all )?(?:the )?)\s*(?:of the )?(?:other )?(?:documents?|files?|pages?|notes?|reports?|memos?|letters?)\b(?!\s+(?:was|were|is|are)\s+(?:the|a)\b).*\b(?:mention|contain|say|talk|discuss|refer|speak|describ|cover|concern|deal|name|include|tell|say|about|appear|mentioned|found)\w*/iu],
  ['count', /\bhow many\b/iu],
  ['most', /^(?:are|is|were|was) there (?:more|fewer|less)\b|^(?:do|does|did)\b.*\b(?:more|fewer)\b.*\bor\b/iu],
  ['compare', /^(?!.*\b(?:whether)\b)(?:which|who|what|whose)\b.*\b\p{L}*(?:er|first|last|more|less|most|best|earliest|latest)\b.*[,:;]?.* or .+/iu],
  ['compare', /^(?:is|are|was|were|did|does|do|has|have)\b.*\b(?:older|younger|taller|longer|shorter|larger|bigger|smaller|earlier|later|heavier|higher|lower|more|fewer|less)\b.*\bthan\b/iu],
  ['aggregate', /\b(?:average|mean|median|sum|total)\b(?!\s+number of)/iu],
  ['count', /\bhow many\b|\bhow often\b|^\W*count\b|\b(?:the |total )?number of (?!the\b)\p{L}+s\b|\bwie viele\b|\bcombien de\b|\bcu[aá]nt[oa]s\b/iu],
  ['most', /\b(?:which|who|what|whose)\b.*\b(?:most|least|fewest|highest|lowest|largest|smallest|biggest|greatest|longest|shortest|maximum|minimum|earliest|latest|oldest|newest|cheapest|(?:most|least) (?:common|frequent|expensive)|commonest)\b/iu],
  ['list', /^\W*(?:please )?(?:can you |could you )?(?:list|enumerate|name (?:all|every|the (?:two|three|four|five|six|seven|\d+))|(?:give|show|tell) (?:me )?(?:a list|all|every|the names)|find (?:all|every)|extract|collect)\b|^\W*(?:what|which|who) (?:are|were) (?:all (?:of )?the\b|the (?:names|\p{L}+s)\b)|^\W*what \p{L}+s (?:are|were) there\b/iu],
  ['yes-no', /^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|isn't|aren't|wasn't|doesn't|didn't)\b(?!.*\b(?:tell|say|know|find)\b.*\b(?:who|what|when|where|which|how|why)\b)/iu],
];

export function kindOf(text: string): QuestionKind {
  return RULES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'fact';
}
