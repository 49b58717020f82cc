/**
 * The walkthrough as VS Code shows it: all steps with their pictures, and the first link opens the samples.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the walkthrough', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1400, height: 950 });
  });

  after(async () => {
    await atlas.close();
  });

  it('leads from a hover to the inside of malloc', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.runCommand('Welcome: Open Walkthrough...');
    await page.locator('.quick-input-widget input').fill('C Programs in Memory');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'C Programs in Memory' }).click();
    const steps = page.locator('.gettingStartedContainer .step-title');
    await steps.filter({ hasText: 'Look into malloc' }).waitFor();
    assert.deepEqual(
      (await steps.allInnerTexts()).filter((text) => text !== ''),
      [
        'Open a sample and hover',
        'Run it and look at the map',
        'Step forward and back',
        'Look into malloc, by release',
        'Predict, then look: twelve lessons',
      ],
    );
    // The picture comes in a frame of its own.
    await page.locator('.gettingStartedContainer iframe.webview').first().waitFor();
    await page.waitForTimeout(1000);
    await atlas.workbench.screenshot('walkthrough');
    await page
      .locator('.gettingStartedContainer .step-description-container a', { hasText: 'Open a sample' })
      .first()
      .click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'malloc(1)' }).waitFor();
    await page.keyboard.press('Escape');
  });
});
