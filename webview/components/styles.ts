/**
 * Styles that several components share.
 *
 * Colours are tokens of the app, derived from those of VS Code, so that themes change them in one place. Text never
 * stands on a strong colour: a swatch is a tint with a border, its letter is in the text colour.
 */
import { css } from 'lit';

/** Tokens of the app: set once on `<mem-app>`, inherited by all. */
export const tokens = css`
  :host {
    --atlas-mono: var(--vscode-editor-font-family, ui-monospace, monospace);
    --atlas-sans: var(--vscode-font-family, system-ui, sans-serif);
    --atlas-font-size: var(--vscode-font-size, 13px);
    --atlas-background: var(--vscode-editor-background, #fff);
    --atlas-text: var(--vscode-foreground, #333);
    --atlas-dim: var(--vscode-descriptionForeground, #666);
    --atlas-link: var(--vscode-textLink-foreground, #06c);
    --atlas-focus: var(--vscode-focusBorder, #06c);
    --atlas-line: var(
      --vscode-contrastBorder,
      var(--vscode-panel-border, color-mix(in srgb, var(--atlas-text) 20%, transparent))
    );
    --atlas-faint: color-mix(
      in srgb,
      var(--vscode-contrastBorder, color-mix(in srgb, var(--atlas-text) 28%, transparent)) 34%,
      transparent
    );
    --atlas-hover: var(--vscode-list-hoverBackground, color-mix(in srgb, var(--atlas-text) 6%, transparent));
    --atlas-blue: var(--vscode-charts-blue, #1a85ff);
    --atlas-green: var(--vscode-charts-green, #388a34);
    --atlas-orange: var(--vscode-charts-orange, #d18616);
    --atlas-purple: var(--vscode-charts-purple, #652d90);
    --atlas-red: var(--vscode-charts-red, #e51400);
    --atlas-yellow: var(--vscode-charts-yellow, #bf8803);
    --atlas-gray: color-mix(in srgb, var(--atlas-text) 55%, var(--atlas-background));
    --atlas-teal: color-mix(in srgb, var(--atlas-green) 55%, var(--atlas-blue));
    --atlas-changed: var(--atlas-orange);
  }
`;

/** `data-kind` gives the colour of a mapping kind as `--kind`. */
export const kindColours = css`
  [data-kind='text'] {
    --kind: var(--vscode-memoryAtlas-segment-text, var(--atlas-blue));
  }
  [data-kind='rodata'] {
    --kind: var(--vscode-memoryAtlas-segment-rodata, var(--atlas-purple));
  }
  [data-kind='data'] {
    --kind: var(--vscode-memoryAtlas-segment-data, var(--atlas-orange));
  }
  [data-kind='bss'] {
    --kind: var(--vscode-memoryAtlas-segment-bss, var(--atlas-yellow));
  }
  [data-kind='heap'] {
    --kind: var(--vscode-memoryAtlas-segment-heap, var(--atlas-green));
  }
  [data-kind='mmap'] {
    --kind: var(--vscode-memoryAtlas-segment-mmap, var(--atlas-teal));
  }
  [data-kind='stack'] {
    --kind: var(--vscode-memoryAtlas-segment-stack, var(--atlas-red));
  }
  [data-kind='tls'] {
    --kind: var(
      --vscode-memoryAtlas-segment-tls,
      color-mix(in srgb, var(--atlas-red) 50%, var(--atlas-purple))
    );
  }
  [data-kind='library'],
  [data-kind='loader'],
  [data-kind='kernel'] {
    --kind: var(--atlas-gray);
  }
`;

/** The square with the letter of a mapping kind. */
export const badgeStyles = css`
  .badge {
    display: inline-grid;
    place-items: center;
    box-sizing: border-box;
    inline-size: 1.35em;
    block-size: 1.35em;
    border: 1px solid var(--kind);
    border-radius: 3px;
    background: color-mix(in srgb, var(--kind) 26%, transparent);
    color: var(--atlas-text);
    font: 600 0.8em / 1 var(--atlas-mono);
  }
`;

/** Fills of the page states; the height of a bar says the same as its colour. */
export const pageStyles = css`
  .strip {
    display: block;
  }
  .ground {
    fill: color-mix(in srgb, var(--atlas-text) 30%, transparent);
  }
  .page-zero {
    fill: var(--atlas-background);
    stroke: var(--atlas-text);
    stroke-width: 1;
  }
  .page-file {
    fill: color-mix(in srgb, var(--atlas-text) 55%, var(--atlas-background));
  }
  .page-shared {
    fill: var(--atlas-purple);
  }
  .page-anonymous {
    fill: var(--kind, var(--atlas-green));
  }
`;

/** `data-state` gives colour and pattern of a chunk state as `--state` and `--pattern`. */
export const chunkStyles = css`
  [data-state] {
    --state: var(--atlas-gray);
    --pattern: none;
  }
  [data-state='in-use'] {
    --state: var(--atlas-green);
    --pattern: linear-gradient(var(--state), var(--state));
  }
  [data-state='mmapped'] {
    --state: var(--atlas-teal);
    --pattern: linear-gradient(var(--state), var(--state));
  }
  [data-state='internal'] {
    --state: var(--atlas-gray);
    --pattern: radial-gradient(circle, var(--state) 1px, transparent 1.4px) 0 0 / 4px 4px;
  }
  [data-state='tcache'] {
    --state: var(--atlas-blue);
    --pattern: repeating-linear-gradient(45deg, var(--state) 0 1.5px, transparent 1.5px 5px);
  }
  [data-state='fastbin'] {
    --state: var(--atlas-purple);
    --pattern: repeating-linear-gradient(-45deg, var(--state) 0 1.5px, transparent 1.5px 5px);
  }
  [data-state='unsorted'] {
    --state: var(--atlas-orange);
    --pattern: repeating-linear-gradient(90deg, var(--state) 0 1.5px, transparent 1.5px 5px);
  }
  [data-state='small'] {
    --state: var(--atlas-yellow);
    --pattern: repeating-linear-gradient(0deg, var(--state) 0 1.5px, transparent 1.5px 4px);
  }
  [data-state='large'] {
    --state: var(--atlas-yellow);
    --pattern:
      repeating-linear-gradient(0deg, var(--state) 0 1.5px, transparent 1.5px 4px),
      repeating-linear-gradient(90deg, var(--state) 0 1.5px, transparent 1.5px 5px);
  }
  [data-state='top'] {
    --state: var(--atlas-gray);
  }
  [data-state='corrupted'] {
    --state: var(--atlas-red);
    --pattern:
      repeating-linear-gradient(45deg, var(--state) 0 1.5px, transparent 1.5px 4px),
      repeating-linear-gradient(-45deg, var(--state) 0 1.5px, transparent 1.5px 4px);
  }
  .swatch {
    display: inline-block;
    box-sizing: border-box;
    inline-size: 1em;
    block-size: 0.85em;
    border: 1px solid var(--state);
    border-radius: 2px;
    background: var(--pattern);
    vertical-align: -0.08em;
  }
  .swatch[data-state='top'] {
    border-style: dashed;
  }
`;

/** Tables of facts that may be wider than the panel. */
export const tableStyles = css`
  .scroll {
    overflow-x: auto;
  }
  .scroll:focus-visible {
    outline: 1px solid var(--atlas-focus);
  }
  table {
    border-collapse: collapse;
    font: 0.92em / 1.5 var(--atlas-mono);
  }
  th {
    color: var(--atlas-dim);
    font-weight: normal;
    text-align: start;
  }
  th,
  td {
    padding: 0.1em 1.2em 0.1em 0;
    vertical-align: baseline;
    white-space: nowrap;
  }
  .number {
    text-align: end;
  }
  .dim {
    color: var(--atlas-dim);
  }
`;

/** Buttons that look like links to a place in the source. */
export const linkStyles = css`
  .place {
    padding: 0;
    border: 0;
    background: none;
    color: var(--atlas-link);
    font: inherit;
    cursor: pointer;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .place:hover {
    text-decoration: underline;
  }
  .place:focus-visible {
    outline: 1px solid var(--atlas-focus);
    outline-offset: 1px;
  }
`;

/** What every row of the map has: the marks in the gutter, the spine, hover and selection come from the map itself. */
export const rowStyles = css`
  :host {
    position: relative;
    display: grid;
    align-items: center;
    box-sizing: border-box;
    padding-inline: 3.35em 10px;
    overflow: hidden;
    font-family: var(--atlas-mono);
    white-space: nowrap;
    cursor: default;
  }
  :host([data-level='2']) {
    padding-inline-start: 5.35em;
  }
  :host([data-level='3']) {
    padding-inline-start: 6.95em;
  }
  .twisty {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 1.9em;
    display: grid;
    place-items: center;
    inline-size: 1.4em;
    color: var(--atlas-dim);
  }
  :host([data-level='2']) .twisty {
    inset-inline-start: 3.9em;
  }
  .twisty svg {
    inline-size: 0.75em;
    block-size: 0.75em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.6;
  }
  .twisty.open svg {
    rotate: 90deg;
  }
  .cell {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .end {
    text-align: end;
  }
  .dim {
    color: var(--atlas-dim);
  }
  .words {
    font-family: var(--atlas-sans);
  }
  .apart {
    margin-inline-start: 1.6ch;
  }
`;

/** A button that opens what has no place beside it. */
export const menuStyles = css`
  details.menu > summary {
    padding: 0.1em 0.5em;
    border: 1px solid transparent;
    border-radius: 4px;
    list-style: none;
    cursor: pointer;
  }
  details.menu > summary::-webkit-details-marker {
    display: none;
  }
  details.menu > summary:hover,
  details.menu[open] > summary {
    background: var(--atlas-hover);
  }
  details.menu > summary:focus-visible {
    outline: 1px solid var(--atlas-focus);
    outline-offset: -1px;
  }
`;
