import { describe, expect, it } from 'vitest';
import { words } from './words.ts';

describe('words', () => {
  it.each([
    ['The Error-code E_1234, at 10:30!', ['the', 'error', 'code', 'e', '1234', 'at', '10', '30']],
    ['Čeština NAÏVE Ünïcode Ёлка ΣΊΣΥΦΟΣ', ['cestina', 'naive', 'unicode', 'елка', 'σισυφος']],
    ['東京都に行く', ['東京', '京都', '都に', 'に行', '行く']],
    ['版', ['版']],
    ['GPT模型v2和カーテン', ['gpt', '模型', 'v2', '和カ', 'カー', 'ーテ', 'テン']],
    ['ﾊﾝｶｸ ＡＢＣ', ['ハン', 'ンカ', 'カク', 'abc']],
    ['안녕하세요 세계', ['안녕', '녕하', '하세', '세요', '세계']],
    ['สวัสดี', ['สว', 'วั', 'ัส', 'สด', 'ดี']],
    ['がぎ', ['がぎ']],
    ['𠀀𠀁𠀂', ['𠀀𠀁', '𠀁𠀂']],
    ['— … 😀 \ud800 \0', []],
    ['', []],
  ])('of %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('are the same however a text was composed', () => {
    expect(words('Cafe\u0301 が')).toEqual(words('café \u304b\u3099'));
  });

  it('are cut where they are data', () => {
    expect(words('A'.repeat(5000))).toEqual(['a'.repeat(64)]);
  });
});
