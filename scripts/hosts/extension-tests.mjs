/**
 * Runs a suite inside an extension host that a workbench in a browser has started, and waits for its end.
 *
 * A workbench that was opened to run tests reports through two functions of its window, if they exist:
 * `codeAutomationLog` for what the extension host prints and `codeAutomationExit` for the end.
 */
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../support/chromium.mjs';

/**
 * @param {string} address page of the workbench, with `extensionTestsPath`
 * @param {number} timeoutMs
 * @returns {Promise<{ status: number, log: string[] }>}
 */
export async function runTestsInPage(address, timeoutMs) {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    /** @type {string[]} */
    const log = [];
    /** @type {Promise<number>} */
    const ended = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => resolve(code));
      setTimeout(() => resolve(124), timeoutMs).unref();
      page.once('crash', () => resolve(125));
    });
    await page.exposeFunction(
      'codeAutomationLog',
      (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
        log.push(args.map(String).join(' '));
      },
    );
    page.on('pageerror', (error) => log.push(`page error: ${error.message}`));
    await page.goto(address, { timeout: timeoutMs });
    const status = await ended;
    if (status === 124) log.push(`no end within ${String(timeoutMs / 1000)} s`);
    return { status, log };
  } finally {
    await browser.close();
  }
}
