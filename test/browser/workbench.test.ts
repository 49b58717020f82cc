import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../scripts/support/process.mjs';
import { openWorkbench, themes } from './workbench.ts';
import type { ThemeName, Workbench } from './workbench.ts';

describe('the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    const folder = join(temporaryFolder('fixture'), 'smoke');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'main.c'),
      'static int counter = 1;\n\nint main(void) {\n  return counter;\n}\n',
    );
    workbench = await openWorkbench({ folder });
  });

  after(async () => {
    await workbench.close();
  });

  it('opens a C file with the extension loaded', async () => {
    await workbench.openFile('main.c');
    await workbench.click('counter', 1);
    await workbench.page.locator('.statusbar-item', { hasText: 'Ln 4, Col' }).waitFor();
  });

  it('has the commands of the extension in its palette', async () => {
    await workbench.page.keyboard.press('F1');
    await workbench.page.locator('.quick-input-widget input.input').fill('>Memory Atlas');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Memory Atlas:' })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`can be looked at in the theme ${theme}`, async () => {
      await workbench.setTheme(theme);
      await workbench.screenshot(`workbench-${theme}`);
    });
  }

  it('printed no error of the extension', () => {
    assert.deepEqual(
      workbench.errors.filter((text) => text.includes('memory-atlas')),
      [],
    );
  });
});

describe('the workbench in another language', () => {
  it('shows the texts of the extension in it', async () => {
    const folder = join(temporaryFolder('fixture'), 'language');
    mkdirSync(folder);
    writeFileSync(join(folder, 'main.c'), 'int counter;\n');
    const workbench = await openWorkbench({ folder, locale: 'zh-cn', theme: 'light' });
    try {
      await workbench.page.keyboard.press('F1');
      await workbench.page.locator('.quick-input-widget input.input').fill('>Memory Atlas');
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      await rows
        .filter({ hasText: /[\u4e00-\u9fff]{2}/ })
        .first()
        .waitFor();
    } finally {
      await workbench.close();
    }
  });
});

describe('VS Code for the Web', () => {
  it('opens a C file of a virtual workspace with the extension loaded', async () => {
    const folder = join(temporaryFolder('fixture'), 'web');
    mkdirSync(folder);
    writeFileSync(join(folder, 'main.c'), 'int counter;\n');
    const workbench = await openWorkbench({ folder, host: 'web', theme: 'hc-light' });
    try {
      await workbench.openFile('main.c');
      await workbench.page.locator('.monaco-workbench.hc-light').waitFor();
      await workbench.page.keyboard.press('F1');
      await workbench.page.locator('.quick-input-widget input.input').fill('>Memory Atlas');
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      await rows.filter({ hasText: 'Memory Atlas:' }).first().waitFor();
    } finally {
      await workbench.close();
    }
  });
});
