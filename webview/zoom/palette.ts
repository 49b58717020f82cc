/**
 * Colours of the picture: the tokens of the style sheets, read from elements that use them, because a canvas knows no variables.
 */
import type { ChunkState, MappingKind, PageState } from '../../src/protocol/view-model.ts';

/** Colours as CSS texts that a canvas takes. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly focus: string;
  readonly changed: string;
  readonly kinds: Readonly<Record<MappingKind, string>>;
  readonly chunks: Readonly<Record<ChunkState, string>>;
  readonly pages: Readonly<Record<PageState, string>>;
  /** High contrast: outlines carry the picture, tints do not. */
  readonly isHighContrast: boolean;
  readonly mono: string;
  readonly sans: string;
  /** Pixels. */
  readonly fontSize: number;
}

/** Names of the plain tokens. */
export const plainTokens = ['background', 'text', 'dim', 'line', 'focus', 'changed'] as const;

/** Reads the palette from the swatches in a shadow root: `[data-token]`, `[data-kind]`, `[data-state]`, `[data-page]`. */
export function readPalette(root: ShadowRoot): Palette {
  const colours = <Name extends string>(attribute: string): Record<Name, string> => {
    const found: Record<string, string> = {};
    for (const swatch of root.querySelectorAll<HTMLElement>(`.palette [data-${attribute}]`))
      found[swatch.dataset[attribute] ?? ''] = getComputedStyle(swatch).color;
    return found;
  };
  const plain = colours<(typeof plainTokens)[number]>('token');
  const swatch = root.querySelector<HTMLElement>('.palette');
  const style = swatch === null ? undefined : getComputedStyle(swatch);
  const mono = root.querySelector<HTMLElement>('.palette .mono');
  const { classList } = document.body;
  return {
    ...plain,
    kinds: colours<MappingKind>('kind'),
    chunks: colours<ChunkState>('state'),
    pages: colours<PageState>('page'),
    isHighContrast:
      classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light'),
    mono: mono === null ? 'monospace' : getComputedStyle(mono).fontFamily,
    sans: style?.fontFamily ?? 'sans-serif',
    fontSize: Number.parseFloat(style?.fontSize ?? '13'),
  };
}
