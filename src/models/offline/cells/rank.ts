import type { Keyword } from '../keywords.ts';
import { js, literal } from './cell.ts';
import type { Turn } from './cell.ts';

/** How many passages the sub-models are given to read. */
export const PASSAGES = 8;

/** Defines `rank(keywords, most)` in the REPL: the passages where rare words of the list meet. */
export const RANK_FUNCTION = js`
// The best passages: those where many words of the list stand close together, rare words above all.
function rank(keywords, most) {
  const MANY = 3000; // a word found oftener says little about where to look
  const CLOSE = 400; // characters that count as «together»
  const hits = [];
  const common = [];
  keywords.forEach((keyword, k) => {
    // grep searches all documents at native speed; a loop here would be slow over megabytes.
    const found = grep(keyword.pattern, { limit: MANY, around: 0 });
    keyword.found = found.length;
    keyword.tells = keyword.weight * Math.log(1 + size / 300 / (1 + found.length));
    if (found.length >= MANY) common.push(keyword);
    else for (const hit of found) hits.push({ document: hit.document, index: hit.index, line: hit.line, k });
  });
  // Common words point at a place only where two of them meet.
  for (let i = 1; i < common.length && i < 4; i += 1) {
    const [a, b] = [common[0].pattern.source, common[i].pattern.source];
    const pair = new RegExp(\`(?:\${a})[^]{0,150}?(?:\${b})|(?:\${b})[^]{0,150}?(?:\${a})\`, common[0].pattern.unicode || common[i].pattern.unicode ? 'giu' : 'gi');
    for (const hit of grep(pair, { limit: MANY, around: 0 })) {
      hits.push({ document: hit.document, index: hit.index, line: hit.line, k: keywords.indexOf(common[0]) });
    }
  }
  // Nothing but one common word: its first places are all there is to go by.
  if (hits.length === 0 && common.length > 0) {
    for (const hit of grep(common[0].pattern, { limit: 200, around: 0 })) {
      hits.push({ document: hit.document, index: hit.index, line: hit.line, k: keywords.indexOf(common[0]) });
    }
  }
  hits.sort((a, b) => a.document - b.document || a.index - b.index);

  // From every hit on: which different words follow within reach, and what do they tell together?
  const windows = hits.map((first, i) => {
    const words = new Set();
    let score = 0;
    let end = first.index;
    for (let j = i; j < hits.length; j += 1) {
      const hit = hits[j];
      if (hit.document !== first.document || hit.index - first.index > CLOSE) break;
      if (words.has(hit.k)) continue;
      words.add(hit.k);
      score += keywords[hit.k].tells;
      end = hit.index;
    }
    return { ...first, end, words, score: score * (1 - (end - first.index) / CLOSE / 4) };
  });
  windows.sort((a, b) => b.score - a.score);
  // Common words were not listed hit by hit: look for them in the better windows only.
  if (common.length > 0) {
    for (const window of windows.slice(0, 2000)) {
      const near = texts[window.document].slice(Math.max(0, window.index - CLOSE / 2), window.end + CLOSE / 2);
      for (const keyword of common) {
        if (near.search(keyword.pattern) < 0) continue;
        window.words.add(keywords.indexOf(keyword));
        window.score += keyword.tells;
      }
    }
    windows.sort((a, b) => b.score - a.score);
  }

  const chosen = [];
  for (const { document, index, end, line, words, score } of windows) {
    if (chosen.length >= most) break;
    if (chosen.some((other) => other.document === document && index < other.to && end > other.from)) continue;
    // A short document is read whole; of a long one, lines or sentences around the window.
    const text = texts[document];
    let [from, to] = [0, text.length];
    if (text.length > 2500) {
      const before = text.slice(Math.max(0, index - 700), index);
      const border = Math.max(0, before.search(/\n|[.!?] /) + 1);
      from = index - before.length + (border < before.length - 100 ? border : 0);
      const after = text.slice(end, end + 800);
      to = end + Math.max(after.lastIndexOf('\n'), after.lastIndexOf('. ') + 1, 150);
    }
    const breaks = text.slice(from, index).split('\n').length - 1;
    chosen.push({ document, from, to, line: line - breaks, score, words: [...words].map((k) => keywords[k].word), text: text.slice(from, to) });
  }
  return chosen;
}`;

/** Turn 2 for a question about facts: rank passages by the question's words. */
export function rankTurn(keywords: readonly Keyword[], shape: string): Turn {
  const words = keywords.filter((keyword) => !keyword.word.startsWith('like ')).map((keyword) => `“${keyword.word}”`);
  return {
    plan: `The context is ${shape}. The fact asked for is where words of the question meet, so I search for ${words.join(', ')} (and words of like meaning), weigh each by how rare it is, and keep the passages where most of them stand together.`,
    code: js`
// RANK: where do the words of the question meet?
${RANK_FUNCTION}

const keywords = ${literal(keywords)};
let passages = rank(keywords, ${String(PASSAGES)});
for (const { word, found } of keywords) print(\`keyword: \${word} \${found}\`);
print(\`passages: \${passages.length}\`);
for (const { document, line, score, words } of passages) {
  print(\`- \${documents[document].name}, line \${line}: \${score.toFixed(1)} for \${words.join(', ')}\`);
}`,
  };
}
