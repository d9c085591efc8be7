import { describe, expect, it } from 'vitest';
import { parseReply } from './protocol.ts';

const fence = '```';
const code = (reply: string) => {
  const parsed = parseReply(reply);
  return parsed.kind === 'code' ? parsed.code : parsed;
};

describe('code', () => {
  it.each(['repl', 'js', 'javascript', 'ts', 'typescript', 'REPL', 'JavaScript'])(
    'runs a closed fence tagged %s',
    (tag) => {
      expect(code(`Plan.\n\n${fence}${tag}\nprint(1)\n${fence}\n`)).toBe('print(1)');
    },
  );

  it('runs the first of several, and keeps nothing after it', () => {
    const reply = `A\n${fence}repl\nfirst()\n${fence}\nOutput: 42\n${fence}repl\nFINAL(42)\n${fence}`;
    expect(parseReply(reply)).toEqual({
      kind: 'code',
      code: 'first()',
      kept: `A\n${fence}repl\nfirst()\n${fence}`,
    });
  });

  it('takes indented, tilde and longer fences, and Windows line ends', () => {
    expect(code(`1. do\n   ${fence}js\n   a()\n   ${fence}`)).toBe('   a()');
    expect(code('~~~js\na()\n~~~')).toBe('a()');
    expect(code('`````repl\na()\n```\nb()\n`````')).toBe('a()\n```\nb()');
    expect(code(`x\r\n${fence}js\r\na()\r\nb()\r\n${fence}\r\n`)).toBe('a()\r\nb()');
  });

  it('is not ended by backticks that are not alone on a line at its margin', () => {
    const body = ['const p = `Use:', `${fence}json`, `{} ${fence} x`, `      ${fence}`, '`;'].join('\n');
    expect(code(`${fence}repl\n${body}\n${fence}`)).toBe(body);
  });

  it('passes over blocks in other languages and unclosed ones before it', () => {
    expect(code(`${fence}text\nFINAL(1)\n${fence}\n${fence}js\na()\n${fence}`)).toBe('a()');
    expect(code(`${fence}\nplan\n${fence}js\na()\n${fence}`)).toBe('a()');
  });

  it('runs an empty block as empty code', () => {
    expect(code(`${fence}js\n${fence}`)).toBe('');
  });

  it('is not an inline fence', () => {
    expect(parseReply('Use ```repl x``` please')).toEqual({ kind: 'none', why: 'no-code' });
    expect(parseReply('```repl x```')).toEqual({ kind: 'none', why: 'no-code' });
  });
});

describe('final in text', () => {
  it.each([
    ['FINAL(42)', '42'],
    ['I am done.\n\n  FINAL(It is 4 (four).)\n', 'It is 4 (four).'],
    ['FINAL("a \\"b\\"\\nc")', 'a "b"\nc'],
    ["FINAL('(')", '('],
    ['FINAL(\nfirst (1)\nsecond\n)\nThanks.', 'first (1)\nsecond'],
    ['FINAL(1) one (a)\n2) two)', '1) one (a)\n2) two'],
    ['FINAL("he" and "she")', '"he" and "she"'],
    ["FINAL(It's 5 o'clock);", "It's 5 o'clock"],
    [`FINAL(See:\n${fence}sh\nls\n${fence}\n)`, `See:\n${fence}sh\nls\n${fence}`],
  ])('%j gives %j', (reply, text) => {
    expect(parseReply(reply)).toEqual({ kind: 'final', text });
  });

  it.each(['FINAL_VAR(result)', 'FINAL_VAR("result")', " FINAL_VAR('result')"])('%s', (reply) => {
    expect(parseReply(reply)).toEqual({ kind: 'final-var', name: 'result' });
  });

  it.each([
    'When I know, I will call FINAL(answer) at the end.',
    'FINAL(answer) is what I will call later.',
    'FINAL(answer) is what I will call (later)',
    '> FINAL(42)',
    'MY_FINAL(42)',
    'FINAL (42)',
    'FINAL(cut off in the mid',
  ])('is not found in %j', (reply) => {
    expect(parseReply(reply)).toEqual({ kind: 'none', why: 'no-code' });
  });

  it('is not taken from a reply with code, nor from a fenced block', () => {
    expect(parseReply(`FINAL(1)\n${fence}js\na()\n${fence}`).kind).toBe('code');
    expect(parseReply(`${fence}\nFINAL(1)\n${fence}`)).toEqual({
      kind: 'none',
      why: 'other-language',
      language: '',
    });
  });
});

describe('neither', () => {
  it('says why', () => {
    expect(parseReply('  \n')).toEqual({ kind: 'none', why: 'empty' });
    expect(parseReply('Let me think.')).toEqual({ kind: 'none', why: 'no-code' });
    expect(parseReply(`${fence}repl\nfor (const`)).toEqual({ kind: 'none', why: 'unclosed' });
    expect(parseReply(`${fence}python\nprint(1)\n${fence}`)).toEqual({
      kind: 'none',
      why: 'other-language',
      language: 'python',
    });
  });

  it('reads a long reply in linear time', () => {
    const reply = `${'word ('.repeat(40_000)}\n${'```\n'.repeat(5_000)}`;
    const before = performance.now();
    parseReply(reply);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
