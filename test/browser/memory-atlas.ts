/**
 * The extension's faces in a workbench, for tests that run programs: map, timeline, marks in the editor, status bar.
 */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { root, temporaryFolder } from '../../scripts/support/process.mjs';
import { openWorkbench } from './workbench.ts';
import type { Workbench, WorkbenchOptions } from './workbench.ts';

/** A row of the map as a screen reader hears it: what it is, its permissions, size, address, state. */
export type MapRow = string;

/** A line that the editor marks, and what is written after it. */
export interface LineMark {
  readonly line: number;
  readonly text: string;
}

/** The letters beside the lines, without what VS Code itself puts there: light bulbs, pencils at settings. */
export const lineMarks = '.cgmr:not([class*="codicon-"])';

/** The examples that ship with the extension, and the programs of test/browser/fixtures. */
export function programsFolder(): string {
  const folder = join(temporaryFolder('fixture'), 'programs');
  cpSync(join(root, 'media/examples'), folder, { recursive: true });
  const fixtures = join(root, 'test/browser/fixtures');
  for (const name of readdirSync(fixtures)) cpSync(join(fixtures, name), join(folder, name));
  return folder;
}

/** Opens a workbench on the programs. */
export async function openAtlas(options: Partial<WorkbenchOptions> = {}): Promise<Atlas> {
  return new Atlas(await openWorkbench({ folder: programsFolder(), ...options }));
}

/** The extension in a workbench. */
export class Atlas {
  readonly workbench: Workbench;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
  }

  async close(): Promise<void> {
    await this.workbench.close();
  }

  /** Runs a command of the extension from the palette. */
  async command(title: string): Promise<void> {
    await this.workbench.runCommand(`Memory Atlas: ${title}`);
  }

  /** Opens a program and runs it; gives the frame of the map when it shows the program. */
  async run(file: string): Promise<Frame> {
    await this.workbench.openFile(file);
    await this.command('Run and Step');
    const map = await this.map();
    await this.workbench.waitForText(map, 'mem-app h1', file);
    return map;
  }

  /** The frame of the map, once it shows a run, with the table in front. */
  async map(): Promise<Frame> {
    return this.#form('table');
  }

  /** The frame of the map with the picture in front. */
  async drawing(): Promise<Frame> {
    return this.#form('picture');
  }

  /** Brings a form of the map to the front, without taking the focus from where it is. */
  async #form(form: 'table' | 'picture'): Promise<Frame> {
    const frame = await this.workbench.webview('mem-app .tabs');
    await frame.locator(`mem-app [data-view=${form}]`).evaluate((tab: HTMLElement) => {
      tab.click();
    });
    return frame;
  }

  /** Opens the extension's side panel when it is closed. */
  async openSidePanel(): Promise<void> {
    const icon = this.workbench.page.locator('.activitybar .action-item', {
      has: this.workbench.page.locator('[aria-label*="Memory Atlas"]'),
    });
    if (!(await icon.evaluate((item) => item.classList.contains('checked')))) await icon.click();
  }

  /** The frame of the timeline, once it lists events; opens the side panel when that is closed. */
  async timeline(): Promise<Frame> {
    await this.openSidePanel();
    return this.workbench.webview('mem-timeline .row');
  }

  /** The frame of the lessons, once it lists them; opens the side panel when that is closed. */
  async lessons(): Promise<Frame> {
    await this.openSidePanel();
    const { page } = this.workbench;
    const header = page.locator('.pane-header').filter({ hasText: /^(?:Lessons|课程)$/ });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    return this.workbench.webview('mem-lessons .lesson');
  }

  /** Waits until the map shows an event, by its text, and the status bar the same position; gives the event's text. */
  async at(map: Frame, event: string | RegExp): Promise<string> {
    const text = await this.workbench.waitForText(map, 'mem-step-bar .text', event);
    const position = await this.workbench.textOf(map, 'mem-step-bar .position');
    const [number = '', count = ''] = position.match(/\d+/g) ?? [];
    await this.status.filter({ hasText: ` ${number}/${count} ` }).waitFor();
    return text;
  }

  /** The rows of the map that are drawn, from high to low addresses. The map draws those in view and some around. */
  async rows(map: Frame): Promise<MapRow[]> {
    return map
      .locator('mem-map [role=treeitem]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  /** Waits for a row of the map. */
  async row(map: Frame, label: RegExp): Promise<MapRow> {
    const { page } = this.workbench;
    const end = Date.now() + 30_000;
    for (;;) {
      const rows = await this.rows(map).catch(() => []);
      const row = rows.find((text) => label.test(text));
      if (row !== undefined) return row;
      if (Date.now() > end) throw new Error(`the map has no row ${String(label)}, but:\n${rows.join('\n')}`);
      await page.waitForTimeout(50);
    }
  }

  /** Everything the map panel says, except for what lasts only a moment (what the last step changed). */
  async picture(map: Frame): Promise<string> {
    const rows = await this.rows(map);
    const parts = ['mem-step-bar', 'mem-counters', 'mem-output'];
    const texts = await Promise.all(parts.map((part) => this.workbench.textOf(map, part)));
    return [...texts, ...rows].join('\n');
  }

  /** The item of the status bar. */
  get status(): Locator {
    return this.workbench.page.locator('.statusbar-item', { hasText: 'glibc' });
  }

  /** The line that the editor marks as the one of the current event. */
  async lineMark(): Promise<LineMark | undefined> {
    return this.workbench.page.evaluate(() => {
      for (const editor of document.querySelectorAll('.editor-instance .monaco-editor')) {
        for (const span of editor.querySelectorAll('.view-lines .view-line span')) {
          const { content } = getComputedStyle(span, '::after');
          if (content === 'none' || content === 'normal') continue;
          const top = Math.round(span.closest('.view-line')?.getBoundingClientRect().top ?? 0);
          for (const number of editor.querySelectorAll('.margin .line-numbers')) {
            if (Math.abs(Math.round(number.getBoundingClientRect().top) - top) > 2) continue;
            const text = content.slice(1, -1).replaceAll('\u00a0', ' ').replaceAll('\\"', '"').trim();
            return { line: Number(number.textContent), text };
          }
        }
      }
      return undefined;
    });
  }

  /** Waits until the editor marks a line. */
  async markedLine(line: number): Promise<LineMark> {
    const end = Date.now() + 30_000;
    for (;;) {
      const mark = await this.lineMark();
      if (mark?.line === line) return mark;
      if (Date.now() > end) {
        await this.workbench.screenshot('failure-mark');
        throw new Error(`line ${line} is not marked, but ${JSON.stringify(mark)}`);
      }
      await this.workbench.page.waitForTimeout(50);
    }
  }

  /** The notifications that are shown, except the word that a run is under way. */
  async notifications(): Promise<string[]> {
    const texts = await this.workbench.notifications();
    return texts.filter((text) => !text.startsWith('Memory Atlas: running'));
  }

  /** Waits for a notification that contains a text; gives all of it. */
  async notification(text: string): Promise<string> {
    const toast = this.workbench.page
      .locator('.notification-toast .notification-list-item-message')
      .filter({ hasText: text })
      .first();
    await toast.waitFor();
    return toast.innerText();
  }
}
