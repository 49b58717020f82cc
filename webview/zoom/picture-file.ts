/** The picture as the contents of a file. */
import type { ImageFormat } from '../../src/protocol/messages.ts';
import { drawSheet, sheetHeight, svgOf } from './export.ts';
import type { Sheet } from './export.ts';

/**
 * An SVG document, or the bytes of a PNG in base64; `undefined` where the browser has no canvas of that size.
 *
 * @param scale - pixels of a PNG for one of the screen
 */
export async function fileOf(sheet: Sheet, format: ImageFormat, scale: number): Promise<string | undefined> {
  if (format === 'svg') return svgOf(sheet);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(sheet.picture.width * scale);
  canvas.height = Math.round(sheetHeight(sheet) * scale);
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.scale(scale, scale);
  drawSheet(context, sheet);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  return blob === null ? undefined : base64Of(new Uint8Array(await blob.arrayBuffer()));
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  // A call takes no more arguments than some ten thousand.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
