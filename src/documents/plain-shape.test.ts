import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TextKind } from '../trajectory/document-kinds.ts';
import { plainShape } from './plain-shape.ts';

describe('plainShape', () => {
  test.each<[TextKind, string, string | null]>([
    ['csv', 'id,name,"price, net"\n1,Lamp,2\n', 'A table of 3 columns parted by commas, named in its first line: id, name, price, net.'],
    ['csv', '\ufeffName;Größe\r\nAnn;1,5', 'A table of 2 columns parted by semicolons, named in its first line: Name, Größe.'],
    ['csv', '"a ""b""\nc",d\n', 'A table of 2 columns parted by commas, named in its first line: a "b" c, d.'],
    ['csv', '2026-01-01,7,up\n', 'A table of 3 columns parted by commas, without a line of names; its first line: 2026-01-01, 7, up.'],
    ['csv', 'word\nx\n', 'A table of one column, named in its first line: word.'],
    ['csv', '\n\n', null],
    ['tsv', 'a, b\tc\n', 'A table of 2 columns parted by tabs, named in its first line: a, b, c.'],
    ['json', '{"rows":[{"a":1}],"meta":{"x":{"y":2}},"n":3,"s":"}"}', 'JSON: an object with the keys rows [], meta {}, n, s.'],
    ['json', ' [ {"id": 1, "tags": ["x"], "wei\\u0072d": null}, {"other": 2}]', 'JSON: an array of objects with the keys id, tags [], weird.'],
    ['json', '[[1,2],[3]]', 'JSON: an array of arrays.'],
    ['json', '[1,2', 'JSON: an array of numbers.'],
    ['json', '[]', 'JSON: an array.'],
    ['json', '"words"', 'JSON: a string.'],
    ['json', '{}', 'JSON: an object.'],
    ['json', 'callback({', null],
    ['json', '{"a":1,"b":{"c', 'JSON: an object with the keys a, b {}.'],
    ['jsonl', '\n{"at":1,"text":"x"}\n{"z":1}', 'One JSON value on each line: an object with the keys at, text.'],
    ['markdown', '# A\n\n```\n# no\n```\n## B\ntext #c', 'Markdown; its headings begin with #: # A, ## B.'],
    ['markdown', 'just text', null],
    ['xml', '<?xml version="1.0"?><!-- <no> -->\n<feed xmlns="x">', 'XML; its root is <feed>.'],
    ['log', 'x', null],
    ['text', 'x', null],
    ['code', 'x', null],
  ])('%s: %j', (kind, head, sentence) => {
    expect(plainShape(head, kind, 'x')).toBe(sentence);
  });

  test('a notebook says where its cells are', () => {
    expect(plainShape('{"cells":[]}', 'json', 'a.ipynb')).toContain('“cells”');
  });

  test('it is short and on one line, whatever the file holds', () => {
    const kinds: readonly TextKind[] = ['csv', 'tsv', 'json', 'jsonl', 'markdown', 'xml', 'log', 'text', 'code'];
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{"', '":', '[', ',', '\n', '# ', '"', '<', '\\', 'name'), fc.string({ minLength: 200, maxLength: 400 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }).map((all) => all.join('')), fc.constantFrom(...kinds), (head, kind) => {
        const said = plainShape(head, kind, 'x');
        if (said === null) return;
        expect(said.length).toBeLessThanOrEqual(320);
        expect(said).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  test('hostile starts cost no more than others', () => {
    for (const unit of ['[', '{"a":', '"', '\\', ',', '<!--', '#', ' ', '{"a":[', '-']) {
      for (const kind of ['csv', 'json', 'jsonl', 'markdown', 'xml'] as const) plainShape(unit.repeat(65_536), kind, 'x');
    }
  });
});
