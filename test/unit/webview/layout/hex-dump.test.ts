import assert from 'node:assert/strict';
import { layOutDump } from '../../../../webview/layout/hex-dump.ts';

function dump(
  start: bigint,
  end: bigint,
  pieces: readonly (readonly [bigint, readonly number[]])[],
  changed: readonly (readonly [bigint, bigint])[] = [],
): readonly string[] {
  const lines = layOutDump(
    { start, end },
    pieces.map(([from, bytes]) => ({
      start: `0x${from.toString(16)}` as const,
      bytes: Uint8Array.from(bytes).buffer,
    })),
    changed.map(([from, to]) => ({ start: from, end: to })),
    8,
  );
  return lines.map(
    (line) =>
      `${line.start.toString(16)}: ` +
      line.cells
        .map((cell) => {
          if (!cell.isInside) return '  ';
          const text = cell.value === undefined ? '..' : cell.value.toString(16).padStart(2, '0');
          return cell.isChanged ? `${text}*` : text;
        })
        .join(' ') +
      (line.isEmpty ? ' empty' : ''),
  );
}

describe('hex dump', () => {
  it('aligns lines and leaves out what was not asked for', () => {
    assert.deepEqual(dump(0x1004n, 0x100an, [[0x1000n, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]]), [
      '1000:             04 05 06 07',
      '1008: 08 09                  ',
    ]);
  });

  it('shows bytes without a page frame as unknown, also between pieces', () => {
    assert.deepEqual(
      dump(0x1000n, 0x1018n, [
        [0x1000n, [1, 2, 3, 4, 5, 6, 7, 8]],
        [0x1014n, [0xff, 0, 0, 0]],
      ]),
      [
        '1000: 01 02 03 04 05 06 07 08',
        '1008: .. .. .. .. .. .. .. .. empty',
        '1010: .. .. .. .. ff 00 00 00',
      ],
    );
  });

  it('marks changed bytes', () => {
    assert.deepEqual(
      dump(
        0x10n,
        0x14n,
        [[0x10n, [1, 2, 3, 4]]],
        [
          [0x0n, 0x11n],
          [0x13n, 0x20n],
        ],
      ),
      ['10: 01* 02 03 04*            '],
    );
  });
});
