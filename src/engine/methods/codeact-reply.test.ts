import { describe, expect, it } from 'vitest';
import { readActReply } from './codeact-reply.ts';

const read = (reply: string) => readActReply(reply, { search: true });
const block = '```repl\nprint(1)\n```';

describe('a CodeAct reply', () => {
  it.each([
    ['an answer to the end', 'THINK: I know.\nANSWER: plum\nand pear', { kind: 'answer', text: 'plum\nand pear' }],
    ['an answer with marks', '**ANSWER:** plum', { kind: 'answer', text: 'plum' }],
    ['an answer that holds code', `ANSWER: this:\n${block}`, { kind: 'answer', text: `this:\n${block}` }],
    ['an answer before its fence', 'ANSWER:\n```\nplum\n```', { kind: 'answer', text: '```\nplum\n```' }],
    ['an answer that is a final', 'ANSWER: FINAL_VAR("word")', { kind: 'final-var', name: 'word' }],
    ['a final', 'THINK: done\nFINAL(plum)', { kind: 'final', text: 'plum' }],
    ['code', `THINK: look\nACT:\n${block}`, { kind: 'code', code: 'print(1)', kept: `THINK: look\nACT:\n${block}` }],
    ['code, and an invented answer', `ACT:\n${block}\nANSWER: pear`, { kind: 'code', code: 'print(1)', kept: `ACT:\n${block}` }],
    ['an answer inside code', 'ACT:\n```repl\nprint(`\nANSWER: x`)\n```', { kind: 'code' }],
    ['a search', 'THINK: look\nACT: SEARCH("harbour code")\nOUTPUT: pear', { kind: 'search', query: 'harbour code', kept: 'THINK: look\nACT: SEARCH("harbour code")' }],
    ['a search on its own line', 'ACT:\nSEARCH(code of (north) vault)', { kind: 'search', query: 'code of (north) vault' }],
    ['a search before code', `SEARCH(a)\n${block}`, { kind: 'search', query: 'a' }],
    ['code before a search', `${block}\nSEARCH(a)`, { kind: 'code' }],
    ['neither', 'THINK: hm. The ANSWER: is near, and SEARCH(x) may help.', { kind: 'none', why: 'no-code' }],
    ['another language', '```python\nANSWER: 1\n```', { kind: 'none', why: 'other-language' }],
    ['nothing', '', { kind: 'none', why: 'empty' }],
  ])('%s', (_, reply, expected) => {
    expect(read(reply)).toMatchObject(expected);
  });

  it('holds no search where there is none', () => {
    expect(readActReply('SEARCH(a)', { search: false })).toMatchObject({ kind: 'none' });
  });
});
