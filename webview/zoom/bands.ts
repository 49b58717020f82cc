/** What is said and drawn of bands: chunks or mappings that are told together. */
import type { ChunkState } from '../../src/protocol/view-model.ts';
import type { Texts } from '../texts.ts';
import { formatCount, formatSize } from '../layout/format.ts';
import { parseHex } from '../layout/hex.ts';
import type { BandRow } from '../layout/map-layout.ts';

/** States of a band's chunks with their part of its bytes; of mappings what is mapped. */
export function bandShares(
  band: BandRow['band'],
): readonly { readonly state: ChunkState | undefined; readonly share: number }[] {
  const size = Number(parseHex(band.end) - parseHex(band.start));
  if (band.of === 'mappings') return [{ state: undefined, share: Math.min(1, band.mappedBytes / size) }];
  const all = band.states.reduce((sum, { bytes }) => sum + bytes, 0);
  return band.states.map(({ state, bytes }) => ({ state, share: all === 0 ? 0 : bytes / all }));
}

/** `3,906 chunks: 2,600 in use (83 KiB), 1,306 fastbin (42 KiB)`. */
export function bandText(band: BandRow['band'], texts: Texts): string {
  if (band.of === 'mappings')
    return texts.mappingsTogether(
      formatCount(band.count),
      formatSize(BigInt(band.mappedBytes)),
      formatCount(band.residentPages),
    );
  const parts = band.states.map(
    ({ state, count, bytes }) =>
      `${formatCount(count)} ${texts.chunkStates[state]} (${formatSize(BigInt(Math.max(0, Math.round(bytes))))})`,
  );
  return `${texts.chunksTogether(formatCount(band.count))}: ${parts.join(', ')}`;
}
