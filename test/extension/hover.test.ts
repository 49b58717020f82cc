import assert from 'node:assert/strict';
import { commands, MarkdownString } from 'vscode';
import type { Hover, TextDocument } from 'vscode';
import { openFile, openText } from './window.ts';

/** All that the hover providers say about the first place of a text in a document, without the room between columns. */
async function hoverAt(document: TextDocument, text: string): Promise<string> {
  const offset = document.getText().indexOf(text);
  assert.notEqual(offset, -1, `${text} is not in the document`);
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof MarkdownString ? content.value : ''))
    .join('\n')
    .replaceAll('&ensp;', '');
}

describe('the hover provider', () => {
  const cases: readonly (readonly [text: string, ...says: (string | RegExp)[]])[] = [
    [
      'answer = 42',
      '**data segment**',
      '`.data`',
      'int answer',
      '| size | 4 bytes |',
      '| alignment | 4 |',
      '0x4028',
    ],
    ['counter;', '**BSS**', '`.bss`', 'int counter', '| size | 4 bytes |'],
    ['buffer[4096', '`.bss`', '| size | 4096 bytes |', '1 (gcc emits 32)', '| linkage | internal |'],
    ['limit = 100', '`.rodata`', 'const int limit'],
    ['greeting = ', '`.data`', 'const char *greeting', '| size | 8 bytes |'],
    ['"hello"', '`.rodata`', 'char [6]', '| size | 6 bytes |'],
    ['next(void)', '`.text`', 'int next(void)'],
    ['calls = 0', '`.bss`', '| storage duration | static |', '| linkage | none |'],
    ['first,', '**stack**', 'int first', 'in the frame of sum'],
    ['text[] = ', '**stack**', 'char text[13]', '| size | 13 bytes |'],
    ['p = malloc', '**stack**', 'struct point *p'],
    ['struct point {'.slice(7), 'name@0 [1]', 'x@4 [4]', 'y@8 [2]', '= 12, align 4'],
  ];

  for (const [text, ...says] of cases) {
    it(`tells about \`${text}\` of segments.c`, async () => {
      const hover = await hoverAt(await openFile('segments.c'), text);
      for (const part of says) {
        assert.ok(
          typeof part === 'string' ? hover.includes(part) : part.test(hover),
          `${String(part)}\n${hover}`,
        );
      }
      assert.match(hover, /\n[^|\n]{20,}\.(?:\n|$)/, `a sentence of reason in:\n${hover}`);
    });
  }

  it('does not say of a member that it takes no memory', async () => {
    const hover = await hoverAt(await openFile('segments.c'), 'x = local');
    assert.match(hover, /offset 4/);
    assert.doesNotMatch(hover, /no memory/);
  });

  it('says nothing about a keyword, a comment or a blank', async () => {
    const document = await openFile('segments.c');
    assert.equal(await hoverAt(document, 'return calls'), '');
    assert.equal(await hoverAt(document, 'Hover the names'), '');
  });

  it('escapes what the program says', async () => {
    const document = await openText('char *text = "a|b`c[x](command:evil)";\n');
    const hover = await hoverAt(document, 'text');
    assert.match(hover, /char \*text/);
    assert.doesNotMatch(await hoverAt(document, '"a|b'), /\]\(command/);
  });

  it('spells names as they are spelled', async () => {
    const hover = await hoverAt(await openFile('segments.c'), 'next(void)');
    assert.match(hover, /_\\_\\_attribute\\_\\_\(\(section\("name"\)\)\) puts it elsewhere\._/);
  });

  it('works on a broken text', async () => {
    const document = await openText('int good = 1;\nint broken = ;\nstatic int after;\n');
    assert.match(await hoverAt(document, 'good'), /`\.data`/);
    assert.match(await hoverAt(document, 'after'), /`\.bss`/);
  });
});
