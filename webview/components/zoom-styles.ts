/** What the picture of the map looks like, and swatches that a canvas reads its colours from. */
import { css, html } from 'lit';
import type { ChunkState, MappingKind, PageState } from '../../src/protocol/view-model.ts';
import { plainTokens } from '../zoom/palette.ts';

const mappingKinds: readonly MappingKind[] = [
  'text',
  'rodata',
  'data',
  'bss',
  'heap',
  'mmap',
  'stack',
  'library',
  'loader',
  'tls',
  'kernel',
];
const chunkStates: readonly ChunkState[] = [
  'in-use',
  'tcache',
  'fastbin',
  'unsorted',
  'small',
  'large',
  'top',
  'internal',
  'mmapped',
  'corrupted',
];
const pageStates: readonly PageState[] = ['absent', 'zero', 'anonymous', 'file', 'shared', 'mixed'];

/** One element for each colour; see `readPalette`. */
export const swatches = html`<div class="palette" aria-hidden="true">
  <span class="mono"></span>
  ${plainTokens.map((token) => html`<span data-token=${token}></span>`)}
  ${mappingKinds.map((kind) => html`<span data-kind=${kind}></span>`)}
  ${chunkStates.map((one) => html`<span data-state=${one}></span>`)}
  ${pageStates.map((page) => html`<span data-page=${page}></span>`)}
</div>`;

export const zoomStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .stage:focus-visible {
    outline: 1px solid var(--atlas-focus);
    outline-offset: -1px;
  }
  .row {
    display: flex;
    flex: 1;
    min-block-size: 8em;
  }
  @container (max-width: 26em) {
    mem-minimap {
      display: none;
    }
  }
  .stage {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    cursor: crosshair;
    touch-action: none;
  }
  .stage.dragging {
    cursor: grabbing;
  }
  canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .status {
    display: flex;
    min-block-size: 1.5em;
    gap: 1em;
    overflow: hidden;
    padding: 0.2em 0.7em;
    border-block-start: 1px solid var(--atlas-line);
    color: var(--atlas-dim);
    font: 0.9em / 1.5 var(--atlas-mono);
    white-space: nowrap;
  }
  @media (max-height: 480px) {
    .row {
      min-block-size: 4em;
    }
    .status {
      position: absolute;
      inset-block-end: 0;
      inset-inline-start: 0;
      max-inline-size: 100%;
      padding-block: 0;
      background: var(--atlas-background);
      pointer-events: none;
    }
    .status:empty {
      display: none;
    }
  }
  .status .what {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .palette {
    position: absolute;
    inline-size: 0;
    block-size: 0;
    overflow: hidden;
    visibility: hidden;
    font: var(--atlas-font-size) / 1.4 var(--atlas-sans);
  }
  .palette [data-kind] {
    color: var(--kind);
  }
  .palette [data-state] {
    color: var(--state);
  }
  .palette .mono {
    font-family: var(--atlas-mono);
  }
  .palette [data-token='background'] {
    color: var(--atlas-background);
  }
  .palette [data-token='text'] {
    color: var(--atlas-text);
  }
  .palette [data-token='dim'] {
    color: var(--atlas-dim);
  }
  .palette [data-token='line'] {
    color: var(--atlas-line);
  }
  .palette [data-token='focus'] {
    color: var(--atlas-focus);
  }
  .palette [data-token='changed'] {
    color: var(--atlas-changed);
  }
  .palette [data-page='absent'] {
    color: transparent;
  }
  .palette [data-page='zero'] {
    color: color-mix(in srgb, var(--atlas-text) 30%, var(--atlas-background));
  }
  .palette [data-page='file'] {
    color: color-mix(in srgb, var(--atlas-text) 55%, var(--atlas-background));
  }
  .palette [data-page='mixed'] {
    color: color-mix(in srgb, var(--atlas-green) 50%, var(--atlas-dim));
  }
  .palette [data-page='shared'] {
    color: var(--atlas-purple);
  }
  .palette [data-page='anonymous'] {
    color: var(--atlas-green);
  }
`;
