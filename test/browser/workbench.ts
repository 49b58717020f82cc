/**
 * A real workbench in Chromium, for tests that do what a person does.
 *
 *   const workbench = await openWorkbench({ folder: fixture('hello') });   // in before(); close() in after()
 *   await workbench.openFile('main.c');
 *   const text = await workbench.hover('counter');                         // the hover at the first `counter`
 *   await workbench.runCommand('Memory Atlas: Show Memory Map');
 *   const frame = await workbench.webview('mem-app');                      // the frame that holds this element
 *   await workbench.setTheme('light');
 *   await workbench.screenshot('map-light');                               // out/screenshots/map-light.png
 *
 * The folder is copied, so tests may type and save. Every workbench has a VS Code server of its own with fresh user
 * data. Waiting is built in: each method returns when what it did is visible, or throws after a time limit, leaving
 * out/screenshots/failure-*.png behind. `workbench.page` is playwright's Page for everything else.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { startCodeServer } from '../../scripts/hosts/code-server.mjs';
import { startWebHost } from '../../scripts/hosts/vscode-web.mjs';
import { chromiumFlags, findChromium } from '../../scripts/support/chromium.mjs';
import { onExit, root, temporaryFolder } from '../../scripts/support/process.mjs';

/** Folder of the screenshots. */
export const screenshotFolder = join(root, 'out/screenshots');

/** The colour themes that every picture is checked in. */
export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;

/** Short name of a colour theme. */
export type ThemeName = keyof typeof themes;

const timeoutMs = 30_000;

/** What the hosts themselves print as errors: native parts and files that their packages leave out. */
const knownNoise: readonly RegExp[] = [
  // On a busy machine the workbench gives up waiting for those who look at its settings before they are saved.
  /Aborted onWillSaveTextDocument-event/,
  /native-watchdog/,
  /spdlog/,
  /serviceWorker\.js|\[Service Worker\]/,
  /\b404\b.*(?:_static|\/static\/|\/build\/|\/update\/check|favicon|fetching the script)/,
  /No extension gallery service configured/,
  // The window's own log outlives the window that is loaded anew.
  /Unable to write file 'vscode-log:/,
  /\[lifecycle\] Long running operations during shutdown/,
  /\(404\) was received when fetching the script/,
];

/** How to open a workbench. */
export interface WorkbenchOptions {
  /** The workspace: a folder that is copied. */
  readonly folder: string;
  /** `server`: the VS Code server (the default). `web`: VS Code for the Web, a virtual workspace, no Node behind it. */
  readonly host?: 'server' | 'web';
  /** The user's settings, besides those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Theme to start in; dark when absent. */
  readonly theme?: ThemeName;
  /** Display language, for example `zh-cn`: the workbench itself stays English, the extension follows it. */
  readonly locale?: string;
  /** A package to install instead of loading the extension from dist/; not with `web`. */
  readonly vsix?: string;
  /** Folder of another extension to load in place of this one; not with `web`. */
  readonly extension?: string;
  /** Whether the folder is not trusted: Restricted Mode; not with `web`. */
  readonly isRestricted?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/** Opens a workbench on a copy of a folder, with the extension loaded from dist/. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const copy = join(temporaryFolder('workspace'), basename(options.folder));
  cpSync(options.folder, copy, { recursive: true });
  const settings = { 'workbench.colorTheme': themes[options.theme ?? 'dark'], ...options.settings };
  const host =
    options.host === 'web' ? await openWebHost(copy, settings) : await openServer(copy, settings, options);
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1400, height: options.height ?? 900 },
    locale: options.locale ?? 'en-US',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  const workbench = new Workbench(page, copy, browser, host);
  try {
    await page.goto(host.address);
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    // The server's workbench reads its user's settings only after it has chosen a theme.
    if (options.host !== 'web') await workbench.setTheme(options.theme ?? 'dark');
    return workbench;
  } catch (error) {
    await workbench.screenshot('failure-open').catch(() => undefined);
    await workbench.close();
    throw error;
  }
}

interface Host {
  readonly address: string;
  /** The workspace as the workbench names it. */
  readonly folder: string;
  readonly stop: () => void;
}

async function openServer(
  folder: string,
  settings: object,
  {
    locale,
    vsix,
    extension = root,
    isRestricted = false,
  }: Pick<WorkbenchOptions, 'locale' | 'vsix' | 'extension' | 'isRestricted'>,
): Promise<Host> {
  const server = await startCodeServer({
    settings: { ...settings },
    isRestricted,
    ...(locale === undefined ? {} : { locale }),
    ...(vsix === undefined ? {} : { vsix }),
  });
  const development = vsix === undefined ? { extension } : {};
  return { address: server.address({ folder, ...development }), folder, stop: server.stop };
}

async function openWebHost(folder: string, settings: object): Promise<Host> {
  const { address, stop } = await startWebHost({ folder, settings: { ...settings } });
  return { address, folder: `/${basename(folder)}`, stop };
}

/** What a person does in a workbench. */
export class Workbench {
  readonly page: Page;
  /** The copied workspace; files may be read and written. */
  readonly folder: string;
  /** What the page, its webviews and the extension host printed as errors, without what this host always prints. */
  readonly errors: string[] = [];
  readonly #browser: Browser;
  readonly #shownFolder: string;
  readonly #closeAtExit: () => void;

  constructor(page: Page, folder: string, browser: Browser, host: Host) {
    this.page = page;
    this.folder = folder;
    this.#browser = browser;
    this.#shownFolder = host.folder;
    this.#closeAtExit = onExit(host.stop);
    // The context's, not the page's: editors can be moved into windows of their own.
    page.context().on('console', (message) => {
      const text = `${message.text()} ${message.location().url}`;
      if (message.type() === 'error' && !knownNoise.some((noise) => noise.test(text))) this.errors.push(text);
    });
    page.context().on('weberror', (webError) => {
      const error = webError.error();
      this.errors.push(error.stack ?? error.message);
    });
  }

  /** Ends the browser and the server. */
  async close(): Promise<void> {
    await this.#browser.close();
    this.#closeAtExit();
  }

  /** Runs a command by its title in the command palette, for example `Memory Atlas: Show Memory Map`. */
  async runCommand(title: string): Promise<void> {
    await this.#pick('F1', `>${title}`, title);
  }

  /**
   * Opens the input box at the top, types, and clicks the first row with a text. The box closes when something else takes
   * the focus (a webview that comes up, a dialog), also between the look at a row and the click on it: it is opened again.
   */
  async #pick(key: string, text: string, rowText: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: rowText }).first();
    const end = Date.now() + timeoutMs;
    for (;;) {
      const input = await this.#quickInput(key, text);
      try {
        await row.click({ timeout: 5000 });
        return;
      } catch (error) {
        if (Date.now() > end || (await input.isVisible())) throw error;
      }
    }
  }

  /**
   * Opens the input box at the top by a key and fills it. A key that comes while a webview takes the focus is lost, and a box
   * that is open then is closed, hence again.
   */
  async #quickInput(key: string, text: string): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget input.input');
    const end = Date.now() + timeoutMs;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: 2000 });
        await input.fill(text, { timeout: 2000 });
        return input;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  /** Opens a file of the workspace by its path below the folder and waits until its text is shown. */
  async openFile(path: string): Promise<void> {
    const { page } = this;
    // By name it would need a search of the workspace.
    await this.#pick('ControlOrMeta+P', posix.join(this.#shownFolder, path), basename(path));
    await page.locator(`.tab.active[data-resource-name="${basename(path)}"]`).waitFor();
    await this.editor.locator('.view-line').first().waitFor();
  }

  /** The text editor that has the focus or had it last. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Moves the cursor to a line and column, both from 1, and reveals it. */
  async goTo(line: number, column = 1): Promise<void> {
    const { page } = this;
    const input = await this.#quickInput('ControlOrMeta+G', `:${line}:${column}`);
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** The place on the screen of a text in the visible part of the editor. `occurrence` counts from 0. */
  async locate(text: string, occurrence = 0): Promise<{ x: number; y: number }> {
    const place = await this.editor.evaluate(
      (editor, { text, occurrence }) => {
        const lines = [...editor.querySelectorAll<HTMLElement>('.view-lines .view-line')];
        lines.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
        let seen = 0;
        for (const line of lines) {
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          const nodes: Text[] = [];
          while (walker.nextNode()) nodes.push(walker.currentNode as Text);
          // The editor draws a space as a no-break space.
          const content = nodes.map((node) => node.data.replaceAll('\u00a0', ' ')).join('');
          for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
            if (seen++ < occurrence) continue;
            let offset = at;
            for (const node of nodes) {
              if (offset < node.length) {
                const range = document.createRange();
                range.setStart(node, offset);
                range.setEnd(node, Math.min(node.length, offset + 1));
                const { left, top, width, height } = range.getBoundingClientRect();
                return { x: left + width / 2, y: top + height / 2 };
              }
              offset -= node.length;
            }
          }
        }
        return undefined;
      },
      { text, occurrence },
    );
    if (place === undefined) {
      await this.screenshot('failure-locate');
      throw new Error(`the editor does not show ${JSON.stringify(text)} (occurrence ${occurrence})`);
    }
    return place;
  }

  /** Points at a text in the editor and reads the hover that appears. Waits for `expected` to be part of it. */
  async hover(
    text: string,
    { occurrence = 0, expected }: { occurrence?: number; expected?: string } = {},
  ): Promise<string> {
    const { x, y } = await this.locate(text, occurrence);
    const hover = this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    const wanted = hover.filter({
      hasNotText: /^Loading\.\.\.$/,
      ...(expected === undefined ? {} : { hasText: expected }),
    });
    const end = Date.now() + timeoutMs;
    for (;;) {
      // A hover that is still open would be read in place of the new one, and covers text; a pointer that was there
      // already raises no event; and a first hover may come before the extension is active.
      await this.page.mouse.move(x, 1);
      await hover.waitFor({ state: 'hidden' });
      await this.page.mouse.move(x, y);
      await this.page.mouse.move(x + 1, y);
      try {
        await wanted.waitFor({ timeout: 3000 });
        return await hover.innerText();
      } catch (error) {
        if (Date.now() < end) continue;
        await this.screenshot('failure-hover');
        throw error;
      }
    }
  }

  /** Clicks at a text in the editor, which puts the cursor there. */
  async click(text: string, occurrence = 0): Promise<void> {
    const { x, y } = await this.locate(text, occurrence);
    await this.page.mouse.click(x, y);
  }

  /** The frame of a webview, in whichever window, that shows an element matching `selector`, once it does. */
  async webview(selector: string): Promise<Frame> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      for (const frame of this.#frames()) {
        if (frame.parentFrame() === null) continue;
        const found = await frame
          .locator(selector)
          .first()
          .isVisible()
          .catch(() => false); // the frame was replaced while we looked
        if (found) return frame;
      }
      if (Date.now() > end) {
        await this.screenshot('failure-webview');
        const frames = this.#frames().map((frame) => frame.url().slice(0, 100));
        throw new Error(`no webview shows ${selector}; frames:\n${frames.join('\n')}`);
      }
      await this.page.waitForTimeout(100);
    }
  }

  #frames(): readonly Frame[] {
    return this.page
      .context()
      .pages()
      .flatMap((page) => page.frames());
  }

  /** Moves the editor that has the focus into a window of its own, and gives that. */
  async moveEditorIntoNewWindow(): Promise<Page> {
    const opened = this.page.context().waitForEvent('page');
    await this.runCommand('View: Move Editor into New Window');
    const window = await opened;
    await window.locator('.monaco-workbench .editor-group-container').first().waitFor();
    return window;
  }

  /**
   * The text that an element of a webview shows, its shadow trees included: parts by blanks, lines where the layout
   * starts a new block.
   */
  async textOf(frame: Frame, selector: string): Promise<string> {
    const text = await frame
      .locator(selector)
      .first()
      .evaluate((element) => {
        const parts: string[] = [];
        // The nodes to visit next come last; a text stands for itself. (A named function would not survive the way
        // into the page.)
        const rest: (Node | string)[] = [element];
        for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
          if (typeof node === 'string') parts.push(node);
          else if (node instanceof Text) parts.push(node.data);
          else if (node instanceof Element && !(node instanceof HTMLStyleElement)) {
            const { display, visibility } = getComputedStyle(node);
            if (display === 'none' || visibility === 'hidden') continue;
            const edge = /^(?:block|grid|flex|list-item|table-row)$/.test(display) ? '\n' : ' ';
            const assigned = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
            const children = assigned.length > 0 ? assigned : [...(node.shadowRoot ?? node).childNodes];
            parts.push(edge);
            rest.push(edge, ...children.reverse());
          }
        }
        return parts.join('');
      });
    return text
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n');
  }

  /** Waits until an element of a webview shows a text, and gives all its text. */
  async waitForText(frame: Frame, selector: string, expected: string | RegExp): Promise<string> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const text = await this.textOf(frame, selector).catch(() => '');
      if (typeof expected === 'string' ? text.includes(expected) : expected.test(text)) return text;
      if (Date.now() > end) {
        await this.screenshot('failure-text');
        throw new Error(`${selector} does not show ${String(expected)}, but:\n${text}`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** Loads the window anew, as after a restart of VS Code. */
  async reload(): Promise<void> {
    // In a browser the workbench saves which editors are open every 5 seconds, and not when the page goes away.
    await this.page.waitForTimeout(6000);
    await this.page.reload();
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  }

  /** Switches the colour theme and waits until the workbench has it. */
  async setTheme(theme: ThemeName): Promise<void> {
    const { page } = this;
    const name = {
      light: 'Light Modern',
      dark: 'Dark Modern',
      'hc-dark': 'Dark High Contrast',
      'hc-light': 'Light High Contrast',
    }[theme];
    const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
    const end = Date.now() + timeoutMs;
    for (;;) {
      await this.runCommand('Preferences: Color Theme');
      await page.locator('.quick-input-widget input.input').fill(name);
      try {
        await row.click({ timeout: 1000 });
        break;
      } catch (error) {
        // A workbench that has just started does not know all themes yet, and a list that is open is not filled up.
        if (Date.now() > end) throw error;
        await page.keyboard.press('Escape');
      }
    }
    const marker = { light: '.vs', dark: '.vs-dark', 'hc-dark': '.hc-black', 'hc-light': '.hc-light' }[theme];
    await page.locator(`.monaco-workbench${marker}`).waitFor();
  }

  /** Waits until nothing moves any more: two pictures of the page, one after the other, are equal. */
  async settle(window = this.page): Promise<void> {
    const end = Date.now() + 5000;
    let before = await window.screenshot();
    do {
      await window.waitForTimeout(150);
      const now = await window.screenshot();
      if (now.equals(before)) return;
      before = now;
    } while (Date.now() < end);
  }

  /** The texts of the notifications that are shown. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  /** Writes what is on the screen to out/screenshots/NAME.png. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshotFolder, { recursive: true });
    const path = join(screenshotFolder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}
