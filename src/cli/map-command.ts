/**
 * `map`: the picture of the address space, drawn without a window.
 */
import { writeFileSync } from 'node:fs';
import { digits, parseHex } from '../../webview/layout/hex.ts';
import { textsOf } from '../../webview/texts.ts';
import { paperPalette, svgOf, titleOf } from '../../webview/zoom/export.ts';
import { Scale } from '../../webview/zoom/scale.ts';
import { linksOf } from '../../webview/zoom/links.ts';
import { faultOf } from '../../webview/zoom/marks.ts';
import { memberWishes, typedObjects } from '../../webview/zoom/members.ts';
import { scaledRanges, sceneOf } from '../../webview/zoom/scene.ts';
import { findBoxes } from '../../webview/zoom/search.ts';
import { fit, fitAll } from '../../webview/zoom/viewport.ts';
import type { Session } from '../session/session.ts';
import type { CommandResult } from './segments-command.ts';
import { openRun } from './session-commands.ts';
import type { CommandLine } from './usage.ts';
import { UsageError } from './usage.ts';

/** Draws the map of a moment. */
export function mapCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const picture = drawMap(session, line);
  const { output } = line.picture;
  if (output === undefined) return { stdout: picture, stderr, status: 0 };
  try {
    writeFileSync(output, picture);
  } catch (error) {
    throw new UsageError(`${output}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { stdout: '', stderr, status: 0 };
}

function drawMap(session: Session, line: CommandLine): string {
  session.findInitialised();
  const snapshot = session.snapshot(line.language);
  const { width, height, show } = line.picture;
  const { target } = snapshot.program;
  const scene = sceneOf(snapshot, target);
  const scale =
    line.picture.scale === 'linear' ? Scale.linear(scene.end) : Scale.folded(scene.end, scaledRanges(scene));
  const box = show === undefined ? undefined : findBoxes(scene, show)[0];
  if (show !== undefined && box === undefined)
    throw new UsageError(`--show ${show}: there is nothing of that name`);
  const view = box === undefined ? fitAll(scale, height) : fit(scale, box, height);
  const members = memberWishes(scene, scale, view).map(({ start, end, unit }) =>
    session.members({ start: Number(start), end: Number(end) }, Number(unit), line.language),
  );
  return svgOf({
    title: titleOf(snapshot),
    picture: {
      scene: sceneOf(snapshot, target, typedObjects(members)),
      scale,
      view,
      width,
      palette: paperPalette,
      texts: textsOf(line.language),
      selectedId: undefined,
      currentId: box?.id,
      hoveredId: undefined,
      changed: snapshot.changed.map(({ start, end }) => ({ start: parseHex(start), end: parseHex(end) })),
      fault: faultOf(snapshot),
      links: linksOf(session.allocator(line.language).bins),
      byteAt: (address) => byteAt(session, address),
    },
  });
}

function byteAt(session: Session, address: bigint): number | undefined {
  // Above 2^53 there is only the kernel, whose bytes nobody can read.
  if (address > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const [piece] = session.readMemory(Number.parseInt(digits(address), 16), 1);
  return piece === undefined ? undefined : new Uint8Array(piece.bytes)[0];
}
