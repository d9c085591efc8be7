/** What a prompt to the sub-model asks for, whoever wrote it. */
export interface SubPrompt {
  /** The instructions without the passage. */
  readonly instructions: string;
  readonly question: string;
  readonly passage: string;
  /** The word the prompt wants where there is no answer, «NOT FOUND» by default. */
  readonly nothing: string;
  /** True where the prompt wants ANSWER / CONFIDENCE / QUOTE lines, as our own root asks. */
  readonly form: 'lines' | 'bare' | 'free';
}

const FENCED = [/"""\n?([\s\S]*?)\n?"""/g, /```\w*\n([\s\S]*?)\n```/g, /<(\w+)>\n?[\s\S]*?<\/\1>/g, /-{3,}\n([\s\S]*?)\n-{3,}/g];
/** A passage that ends the prompt, as our own root sets it: it may hold such marks itself. */
const OWN_FENCE = /:[ \t]*\n"""\n([^]*)\n"""\s*$/;
const PASSAGE_LABEL =
  /^[ \t#*]*(?:the )?(?:passages?|text|context|documents?|excerpts?|chunk|content|input|data|article|transcript|records?|messages?|tickets?|source|notes?|section|page)\b[^\n:]{0,80}:[*]*[ \t]*/im;
const QUESTION_LABEL = /^[ \t#*]*(?:question|query|q|task)\b[*]*:[*]*[ \t]*\n?([^\n]+)/im;
const TASK_START =
  /^\s*(?:please\s+|can you\s+|could you\s+)?(?:summari[sz]e|sum up|translate|extract|list|find|classify|label|categori[sz]e|decide|answer|tell|give|name|count|identify|rewrite|describe|explain|is|are|was|does|did|do|has|have|what|who|when|where|which|why|how|return|read|from|using|based|in)\b/i;

export function readPrompt(prompt: string): SubPrompt {
  const { instructions, passage } = split(prompt);
  const question = findQuestion(instructions, passage);
  const nothing = /\b(?:reply|say|answer|respond|write|return|output|print)\b[^.\n]{0,40}?["'“`]?\b(NOT FOUND|NOT_FOUND|NONE|N\/A|UNKNOWN|NO ANSWER|NOTHING|null)\b/.exec(instructions)?.[1];
  return { instructions, question, passage, nothing: nothing ?? 'NOT FOUND', form: formOf(instructions) };
}

function formOf(instructions: string): SubPrompt['form'] {
  if (/^ANSWER:/m.test(instructions) && /^QUOTE:/m.test(instructions)) return 'lines';
  const bare = /\b(?:only|just|nothing but)\b[^.\n]{0,40}\b(?:answer|value|name|number|date|word|code|it)\b|\b(?:one|single) word\b|\banswer only\b|\bno (?:explanation|other text)\b/i;
  return bare.test(instructions) ? 'bare' : 'free';
}

function split(prompt: string): { instructions: string; passage: string } {
  const own = OWN_FENCE.exec(prompt);
  if (own?.[1] !== undefined && own[1].trim() !== '') {
    return { instructions: prompt.slice(0, own.index + 1).trim(), passage: own[1].trim() };
  }
  const question = QUESTION_LABEL.exec(prompt);
  for (const fence of FENCED) {
    const found = [...prompt.matchAll(fence)].sort((a, b) => b[0].length - a[0].length)[0];
    if (found !== undefined && found[0].length > 8) {
      const inner = found[0].replace(/^(?:"""|```\w*|<\w+>|-{3,})\n?|\n?(?:"""|```|<\/\w+>|-{3,})$/g, '');
      return { instructions: cut(prompt, found.index, found.index + found[0].length), passage: inner.trim() };
    }
  }
  const label = PASSAGE_LABEL.exec(prompt);
  if (label !== null) {
    const from = label.index + label[0].length;
    const after = question !== null && question.index > from ? question.index : prompt.length;
    const passage = prompt.slice(from, after).trim();
    if (passage !== '') return { instructions: cut(prompt, label.index, after), passage };
  }
  if (question !== null) {
    return { instructions: question[0], passage: cut(prompt, question.index, question.index + question[0].length) };
  }
  return splitUnlabelled(prompt);
}

/** «Summarize: …», or a short first or last paragraph that asks something of the rest. */
function splitUnlabelled(prompt: string): { instructions: string; passage: string } {
  const paragraphs = prompt.trim().split(/\n\s*\n/);
  const [first = '', last = ''] = [paragraphs[0], paragraphs.at(-1)];
  const asks = (part: string): boolean => part.length < 600 && (/[?？]\s*$/.test(part.trim()) || TASK_START.test(part));
  if (paragraphs.length > 1 && asks(first)) return { instructions: first, passage: prompt.trim().slice(first.length).trim() };
  if (paragraphs.length > 1 && asks(last)) return { instructions: last, passage: prompt.trim().slice(0, -last.length).trim() };
  const colon = /^([^\n:]{3,300}):\s*(?=\S)/.exec(prompt.trim());
  if (colon !== null && TASK_START.test(colon[1] ?? '')) {
    return { instructions: colon[1] ?? '', passage: prompt.trim().slice(colon[0].length) };
  }
  const lines = prompt.trim().split('\n');
  const [head = '', tail = ''] = [lines[0], lines.at(-1)];
  if (lines.length > 1 && asks(head)) return { instructions: head, passage: lines.slice(1).join('\n').trim() };
  if (lines.length > 1 && asks(tail)) return { instructions: tail, passage: lines.slice(0, -1).join('\n').trim() };
  const asked = /[^.!?\n]*\?/.exec(prompt);
  if (asked !== null) return { instructions: asked[0].trim(), passage: cut(prompt, asked.index, asked.index + asked[0].length) };
  return { instructions: prompt.trim(), passage: '' };
}

function findQuestion(instructions: string, passage: string): string {
  const labelled = QUESTION_LABEL.exec(instructions);
  if (labelled !== null) return (labelled[1] ?? '').trim();
  const asked = [...instructions.matchAll(/[^.!?\n:]*[^.!?\n:][?？]/g)].map((match) => match[0].trim());
  const last = asked.at(-1);
  if (last !== undefined) return last;
  if (passage === '') return '';
  // «From the text below return only the year …, nothing else. If absent reply NONE.»
  const [first = ''] = instructions.trim().split(/(?<=[.!])\s/);
  return first
    .replace(/\b(?:from|in|using|based on) the (?:text|passage|document|context)s?(?: below| above)?,?\s*/i, '')
    .replace(/,?\s*(?:and )?nothing else\b/i, '')
    .replace(/^(\W*(?:please )?(?:return|give|reply with|output|print|find))\s+(?:only|just)\b/i, '$1')
    .replace(/[:.\s]+$/, '');
}

const cut = (text: string, from: number, to: number): string => `${text.slice(0, from)}\n${text.slice(to)}`.trim();
