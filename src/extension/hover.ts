/**
 * The hover: where the thing under the pointer lives, how large it is, and why it is there.
 */
import { Hover, MarkdownString, Range, l10n } from 'vscode';
import type { HoverProvider, Position, TextDocument } from 'vscode';
import type { HoverRowView, HoverView } from '../session/editor/analysis-messages.ts';
import type { AnalysisService } from './analysis-service.ts';
import { liveRows } from './live-values.ts';
import type { RunController } from './run-controller.ts';
import { segmentPicture } from './segment-picture.ts';
import { segmentName, segmentSign } from './segment-signs.ts';

export class SegmentHover implements HoverProvider {
  readonly #analysis: AnalysisService;
  readonly #controller: RunController;

  constructor(analysis: AnalysisService, controller: RunController) {
    this.#analysis = analysis;
    this.#controller = controller;
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const facts = await this.#analysis.askUnveiled(document, 'hover', () => ({
      offset: document.offsetAt(position),
    }));
    if (facts === undefined) return undefined;
    const range = new Range(document.positionAt(facts.start), document.positionAt(facts.end));
    // What was edited since the run was made may mean something else now.
    const isRun =
      this.#controller.isMadeOf(document.uri) && this.#controller.current?.snapshot.program.isStale === false;
    const live =
      isRun && facts.live !== undefined
        ? await liveRows(this.#controller, textOf(document, facts.live), facts.live.functionName)
        : [];
    const text = hoverMarkdown(facts, live);
    if (isRun && facts.segment !== undefined && facts.segment !== 'none')
      appendRunLinks(text, document.getText(range));
    return new Hover(text, range);
  }
}

const textOf = (document: TextDocument, { start, end }: { start: number; end: number }): string =>
  document.getText(new Range(document.positionAt(start), document.positionAt(end)));

/** Links that show the thing in the map of the open run, and go to who wrote it last and who writes it next. */
function appendRunLinks(text: MarkdownString, name: string): void {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return;
  const args = encodeURIComponent(JSON.stringify([name]));
  const links = [
    { icon: 'map', title: l10n.t('Show in the map'), command: 'memoryAtlas.showInMap' },
    { icon: 'arrow-left', title: l10n.t('Last change'), command: 'memoryAtlas.lastWrite' },
    { icon: 'arrow-right', title: l10n.t('Next change'), command: 'memoryAtlas.nextWrite' },
  ];
  text.isTrusted = { enabledCommands: links.map(({ command }) => command) };
  const spelled = links.map(
    ({ icon, title, command }) => `[$(${icon}) ${title}](command:${command}?${args})`,
  );
  text.appendMarkdown(`\n\n${spelled.join(' · ')}`);
}

/** Renders a hover. Everything from the program is escaped or in a code span. */
export function hoverMarkdown(facts: HoverView, live: readonly HoverRowView[] = []): MarkdownString {
  const text = new MarkdownString('', true);
  text.supportThemeIcons = true;
  if (facts.segment !== undefined) {
    const segment = segmentName(facts.segment);
    text.appendMarkdown(`${segmentSign(facts.segment)} **${segment}**`);
    if (facts.section !== undefined) text.appendMarkdown(` · ${codeSpan(facts.section)}`);
    text.appendMarkdown('\n\n');
    const picture = segmentPicture(
      facts.segment,
      l10n.t(
        'Among text, rodata, data, bss, heap, mmap, TLS and stack, from low to high addresses: {0}',
        segment,
      ),
    );
    if (picture !== '') text.appendMarkdown(`${picture}\n\n`);
  }
  text.appendCodeblock(facts.declaration, 'c');
  // The reason comes first: the editor shows a dozen lines, the rest must be scrolled to.
  text.appendMarkdown(`\n${escapeSentence(facts.reason)}\n\n`);
  const rows = [...live, ...facts.rows].map(
    ({ label, value, isCode }) =>
      `| ${escapeSentence(label)}&ensp; | ${isCode ? escapeCell(codeSpan(value)) : escapeSentence(value)} |`,
  );
  if (rows.length > 0) {
    text.appendMarkdown(`| | |\n|:--|:--|\n${rows.join('\n')}\n\n`);
  }
  if (facts.moves !== undefined) text.appendMarkdown(`_${escapeSentence(facts.moves)}_`);
  return text;
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), (match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${longest > 0 ? ` ${text} ` : text}${fence}`;
}

/** As plain text: `__attribute__`, `*p` and `$(name)` mean something in Markdown. */
const escapeSentence = (text: string): string =>
  text
    .replace(/[\\`*_[\]~<>|&]/g, '\\$&')
    .replace(/\$/g, '&#36;')
    .replace(/\n/g, ' ');

const escapeCell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
