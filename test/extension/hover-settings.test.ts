import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, MarkdownString, workspace } from 'vscode';
import type { Hover, TextDocument } from 'vscode';
import { openText } from './window.ts';

async function hoverAt(document: TextDocument, text: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(text));
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof MarkdownString ? content.value : ''))
    .join('\n');
}

describe('settings of the compilation', () => {
  const program = 'int x;\nint *const p = &x;\nint main(void) { int local = x; return local; }\n';

  async function withSetting(name: string, value: unknown, check: () => Promise<void>): Promise<void> {
    const settings = workspace.getConfiguration('memoryAtlas.compile');
    await settings.update(name, value, ConfigurationTarget.Global);
    try {
      await check();
    } finally {
      await settings.update(name, undefined, ConfigurationTarget.Global);
    }
  }

  it('change the hover of an open document, and back', async () => {
    const document = await openText(program);
    assert.match(await hoverAt(document, 'p = '), /\.data\.rel\.ro/);
    await withSetting('code', 'no-pie', async () => {
      assert.match(await hoverAt(document, 'p = '), /`\.rodata`[^]*0x40/);
    });
    assert.match(await hoverAt(document, 'p = '), /\.data\.rel\.ro/);
  });

  it('know -fcommon, -no-pie and -O2', async () => {
    const document = await openText(program);
    await withSetting('common', true, async () => {
      assert.match(await hoverAt(document, 'x;'), /COMMON/);
    });
    await withSetting('link', 'no-pie', async () => {
      assert.match(await hoverAt(document, 'x;'), /0x40\w+, the same in each run/);
    });
    assert.match(await hoverAt(document, 'local = '), /rbp − 4/);
    await withSetting('optimization', 'O2', async () => {
      assert.doesNotMatch(await hoverAt(document, 'local = '), /rbp/);
    });
  });
});
