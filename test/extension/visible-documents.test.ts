import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import type { TextEditor } from 'vscode';
import { VisibleDocuments } from '../../src/extension/visible-documents.ts';
import type { IsLastVisit } from '../../src/extension/visible-documents.ts';
import { openText, until } from './window.ts';

describe('visits of visible editors', () => {
  const setting = (value: boolean | undefined) =>
    workspace.getConfiguration('memoryAtlas.hints').update('gutter', value, ConfigurationTarget.Global);

  afterEach(async () => {
    await setting(undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('know that a later one was made when nothing but settings has changed', async () => {
    const document = await openText('int one;\n');
    const visits: { readonly editor: TextEditor; readonly isLast: IsLastVisit }[] = [];
    const visible = new VisibleDocuments((editor, isLast) => {
      if (editor.document === document) visits.push({ editor, isLast });
    });
    try {
      visible.visitAll();
      assert.deepEqual(
        visits.map(({ isLast }) => isLast()),
        [true],
      );
      const { version } = document;
      await setting(false);
      await until('another visit', () => visits.length > 1 || undefined);
      assert.equal(document.version, version);
      assert.deepEqual(
        visits.map(({ isLast }) => isLast()),
        visits.map((_, index) => index === visits.length - 1),
      );
    } finally {
      visible.dispose();
    }
  });
});
