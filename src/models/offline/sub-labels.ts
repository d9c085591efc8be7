import { matchTerm, wordsOf } from './match.ts';
import type { Words } from './match.ts';
import { stem, tokenise } from './terms.ts';

/** Cues of the label sets people ask for most. A label outside them is judged by its own words. */
const CUES: Readonly<Record<string, string>> = {
  positive: 'good great excellent love loved happy wonderful best amazing thanks thank pleased satisfied perfect nice helpful enjoy fantastic delighted recommend',
  negative: 'bad terrible awful hate hated angry worst poor disappointed disappointing broken useless slow never unhappy horrible refund complaint fail annoying rude waste',
  spam: 'free win won winner prize cash claim urgent txt text call reply stop offer guaranteed award ringtone mobile voucher 18 www http subscribe selected bonus click credit £',
  urgent: 'urgent immediately asap now critical emergency down outage blocked cannot',
  billing: 'invoice charge charged refund payment bill billing card subscription price paid overcharged',
  technical: 'error crash bug login install update screen server broken slow failed timeout connection',
  shipping: 'delivery package parcel shipped tracking arrived courier late lost address',
  account: 'password login account email username locked reset profile access',
};
const LEFTOVER = /^(?:other|others|none|neutral|unknown|misc|miscellaneous|general|normal|ham|not spam|no)$/i;

/** Labels a prompt names: «one of: a, b, c», «as 'x' or 'y'», «yes or no». [] where it names none. */
export function labelsOf(instructions: string): string[] {
  const list =
    /\b(?:one of(?: (?:the following|these))?(?: \w+)?|(?:labels?|categories|classes|options)(?: are)?(?=\s*[:=])|choose (?:from|between)|pick (?:from|between))\s*[:=]?\s*[([]?([^.\n\])?]+)[\])]?/i.exec(instructions) ??
    /\b(?:classify|label|categori[sz]e|mark|tag|decide)\b[^.\n]*?\b(?:as|into|whether it is|between)\b:?\s+([^.\n?]+)/i.exec(instructions) ??
    /\b(?:answer|reply|respond|say)\b(?: with| only| just| either)*:?\s+((?:["'“]?[\w-]+["'”]?(?:,| or |\/)\s*)+(?:or )?["'“]?[\w-]+["'”]?)/i.exec(instructions);
  if (list === null) return [];
  const labels = (list[1] ?? '')
    .split(/\s*,\s*(?:or |and )?|\s+(?:or|and|vs\.?)\s+|\s*[|/;]\s*/)
    .map((label) => label.replace(/^\W*(?:either |a |an |the )?|[^\p{L}\p{N}]+$/gu, '').trim())
    .filter((label) => label !== '' && label.length <= 40 && label.split(/\s+/).length <= 4);
  return labels.length >= 2 ? [...new Set(labels)] : [];
}

/** The label whose words or cues the text holds most of; the catch-all, else the last, for none. */
export function chooseLabel(labels: readonly string[], text: string): string {
  const words = wordsOf(text);
  const scored = labels.map((label) => ({ label, score: scoreLabel(label, words, text) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score > 0) return best.label;
  return labels.find((label) => LEFTOVER.test(label)) ?? labels.at(-1) ?? '';
}

function scoreLabel(label: string, words: Words, text: string): number {
  const own = tokenise(label).map((token) => matchTerm({ word: token.text, stem: stem(token.lower), role: 'topic', from: 0, to: 0 }, words).strength);
  const cues = new Set((CUES[label.toLowerCase()] ?? '').split(' ').filter(Boolean).map(stem));
  let score = LEFTOVER.test(label) ? 0 : own.reduce((a, b) => a + b, 0) * 2;
  for (const cue of cues) if (words.set.has(cue) || (!/\w/.test(cue) && text.includes(cue))) score += 1;
  if (label.toLowerCase() === 'spam' && score < 2) score = 0;
  return score;
}

/** Items a prompt numbers («1. …», «12) …», «#3: …»), for a label each. */
export function numberedItems(passage: string): { readonly number: string; readonly text: string }[] {
  const items = [...passage.matchAll(/^\s*[[(#]?(\d+)[\].):]+\s+(.+)$/gm)].map((match) => ({ number: match[1] ?? '', text: match[2] ?? '' }));
  return items.length >= 2 ? items : [];
}
