/**
 * The main arena as a table for people: top, parameters, lists, chunks.
 */
import { inspectArena } from '../../core/malloc/inspect.ts';
import type { ChunkInfo } from '../../core/malloc/inspect.ts';
import type { Ptmalloc } from '../../core/malloc/ptmalloc.ts';

/** Chunks and list members that are printed before the rest is counted. */
const MAXIMUM_CHUNKS = 5000;
const MAXIMUM_MEMBERS = 64;

/** The arena's lines, without newlines. */
export function arenaLines(m: Ptmalloc): readonly string[] {
  const info = inspectArena(m);
  const lines = [
    `main_arena ${hex(info.mainArena)}  system_mem ${info.systemMem}  last_remainder ${hex(info.lastRemainder)}`,
    `mmap_threshold ${info.mmapThreshold}  trim_threshold ${info.trimThreshold}`,
  ];
  if (!info.ready) return [...lines, 'no heap yet'];
  lines.push(`top ${hex(info.top)}  size ${info.topSize}`);
  const counts = new Map(info.tcache.map(({ bin, count }) => [bin, count]));
  if (info.tcacheStruct !== 0) lines.push(`tcache structure ${hex(info.tcacheStruct)}`);
  for (const { bin, chunks } of info.tcache)
    lines.push(`tcache bin ${bin} (count ${counts.get(bin) ?? 0}): ${members(chunks)}`);
  for (const { bin, chunks } of info.fastbins) lines.push(`fast bin ${bin}: ${members(chunks)}`);
  if (info.unsorted.chunks.length > 0) lines.push(`unsorted: ${members(info.unsorted.chunks)}`);
  for (const { bin, chunks } of info.smallBins) lines.push(`small bin ${bin}: ${members(chunks)}`);
  for (const { bin, chunks } of info.largeBins) lines.push(`large bin ${bin}: ${members(chunks)}`);
  lines.push('chunks (address, size, flags, state)');
  for (const chunk of info.chunks.slice(0, MAXIMUM_CHUNKS)) lines.push(`  ${chunkText(chunk)}`);
  if (info.chunks.length > MAXIMUM_CHUNKS) lines.push(`  … ${info.chunks.length - MAXIMUM_CHUNKS} more`);
  if (!info.complete) lines.push('  (the walk over the chunks stopped before top)');
  return lines;
}

function members(addresses: readonly number[]): string {
  const shown = addresses.slice(0, MAXIMUM_MEMBERS).map(hex).join(' ');
  return addresses.length > MAXIMUM_MEMBERS ? `${shown} … ${addresses.length} in all` : shown;
}

function chunkText(chunk: ChunkInfo): string {
  const flags = `${chunk.nonMainArena ? 'A' : '-'}${chunk.mmapped ? 'M' : '-'}${chunk.prevInuse ? 'P' : '-'}`;
  const bin = chunk.bin === undefined || chunk.state === 'unsorted' ? '' : ` ${chunk.bin}`;
  return `${hex(chunk.addr)} ${String(chunk.size).padStart(9)} ${flags} ${chunk.state}${bin}`;
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
