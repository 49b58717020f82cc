/**
 * The chunks of a process for the faces: those of the heap and those with mappings of their own, and many of them as bands.
 */
import type { ChunkList } from '../core/malloc/chunk-list.ts';
import { chunkStates as allStates } from '../core/malloc/heap-walk.ts';
import { Peek, describeChunk } from '../core/malloc/inspect.ts';
import type { ChunkInfo } from '../core/malloc/inspect.ts';
import type { Ptmalloc } from '../core/malloc/ptmalloc.ts';
import type { Word } from '../core/malloc/word.ts';
import type { Machine } from '../core/process/machine.ts';
import { renderText } from '../core/text/all-texts.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { Language, Text } from '../core/text/text.ts';
import type {
  ChunkBandView,
  ChunkLinkView,
  ChunkState,
  ChunkView,
  HexAddress,
} from '../protocol/view-model.ts';
import type { BuiltProgram } from './build.ts';
import { EventViews, hex } from './event-views.ts';
import type { Piece, Ranges } from './gather.ts';
import type { BlockHistory } from './live-blocks.ts';
import type { Recording } from './recording.ts';

/** Chunks that stand by themselves at most although they are small. */
const mostKept = 16;

/** What views of chunks are made from. */
export interface ChunkParts {
  readonly program: BuiltProgram;
  readonly machine: Machine;
  readonly recording: Recording;
  readonly history: BlockHistory;
  readonly heap: ChunkList;
  readonly language: Language;
}

/** The chunks of a heap at a moment, by ordinal. */
export class HeapChunks implements Ranges {
  readonly #parts: ChunkParts;
  /** Ordinals, ascending. */
  readonly #kept: readonly number[];

  /**
   * Looks at a heap.
   *
   * @param wanted - ranges of addresses whose chunks must stand by themselves
   */
  constructor(parts: ChunkParts, wanted: readonly { readonly start: number; readonly end: number }[]) {
    const { heap } = parts;
    this.#parts = parts;
    const kept = new Set<number>();
    for (const { start, end } of wanted) {
      const last = heap.at(end - 1);
      // The change of a whole heap, by brk, makes no chunk stand out.
      for (let at = Math.max(0, heap.at(start)); at <= last && kept.size < mostKept; at++) kept.add(at);
    }
    kept.add(0).add(heap.count - 1);
    this.#kept = [...kept].sort((a, b) => a - b);
  }

  get count(): number {
    return this.#parts.heap.count;
  }

  startOf(ordinal: number): number {
    return this.#parts.heap.startOf(ordinal);
  }

  endOf(ordinal: number): number {
    return this.#parts.heap.endOf(ordinal);
  }

  nextKept(ordinal: number): number {
    return this.#kept.find((kept) => kept >= ordinal) ?? this.count;
  }

  smallEnd(ordinal: number, unit: number): number {
    return this.#parts.heap.smallEnd(ordinal, unit);
  }

  /** The chunks of some pieces that hold one, and bands for the others. */
  views(pieces: readonly Piece[]): { readonly chunks: ChunkView[]; readonly bands: ChunkBandView[] } {
    const { heap, program, recording } = this.#parts;
    const places = new EventViews(program, recording);
    const chunks: ChunkView[] = [];
    const bands: ChunkBandView[] = [];
    for (const piece of pieces) {
      if (piece.end - piece.first > 1) bands.push(this.#band(piece));
      else {
        const chunk = heap.chunk(piece.first);
        chunks.push(chunkView(this.#parts, chunk, chunkText(heap, chunk), places));
      }
    }
    return { chunks, bands };
  }

  #band({ first, end }: Piece): ChunkBandView {
    const { heap } = this.#parts;
    const { counts, bytes } = heap.tally(first, end);
    const states = new Map<ChunkState, { count: number; bytes: number }>();
    for (const [code, state] of allStates.entries()) {
      const count = counts[code] ?? 0;
      if (count === 0) continue;
      const sum = states.get(chunkStates[state]) ?? { count: 0, bytes: 0 };
      sum.count += count;
      sum.bytes += bytes[code] ?? 0;
      states.set(chunkStates[state], sum);
    }
    return {
      start: hex(heap.startOf(first)),
      end: hex(heap.endOf(end - 1)),
      count: end - first,
      states: [...states].map(([state, sum]) => ({ state, ...sum })).sort((a, b) => b.bytes - a.bytes),
    };
  }
}

/** Blocks that malloc gave a mapping of their own, by address; asked for each in that order. */
export function mmappedChunks(
  parts: ChunkParts,
  isWanted: (chunk: ChunkInfo) => boolean = () => true,
): readonly ChunkView[] {
  const places = new EventViews(parts.program, parts.recording);
  const { malloc, memory } = parts.machine;
  const { startBrk, brk } = memory.mm;
  return Array.from(parts.history.live.outside(startBrk, brk), ({ mem }) => describeChunk(malloc.state, mem))
    .sort((a, b) => a.addr - b.addr)
    .filter((chunk) => chunk.mmapped && isWanted(chunk))
    .map((chunk) => chunkView(parts, chunk, saySession('session.chunk.mmapped'), places));
}

const chunkStates: Readonly<Record<ChunkInfo['state'], ChunkState>> = {
  'in-use': 'in-use',
  'tcache-struct': 'internal',
  tcache: 'tcache',
  fastbin: 'fastbin',
  unsorted: 'unsorted',
  small: 'small',
  large: 'large',
  top: 'top',
  fencepost: 'internal',
  lost: 'corrupted',
};

function chunkView(parts: ChunkParts, chunk: ChunkInfo, text: Text, places: EventViews): ChunkView {
  const { history } = parts;
  const block = chunk.state === 'in-use' ? history.live.get(chunk.mem) : undefined;
  const event = block?.event ?? history.freedBy.get(chunk.mem);
  const { recording, language } = parts;
  const libcCaller = block?.isLibc === true ? recording.eventAt(block.event) : undefined;
  const shown =
    libcCaller?.kind === 'malloc' ? saySession('session.libc', { name: libcCaller.caller }) : text;
  const flags = `${chunk.nonMainArena ? 'A' : ''}${chunk.mmapped ? 'M' : ''}${chunk.prevInuse ? 'P' : ''}`;
  const bits = (chunk.nonMainArena ? 4 : 0) + (chunk.mmapped ? 2 : 0) + (chunk.prevInuse ? 1 : 0);
  return {
    start: hex(chunk.addr),
    mem: hex(chunk.mem),
    sizeBytes: chunk.size,
    requestedBytes: block?.requestedBytes,
    usableBytes: chunk.usable,
    prevSizeWord: `0x${chunk.prevSize.toString(16)}`,
    sizeWord: hex(chunk.size + bits),
    flags,
    state: chunk.mmapped ? 'mmapped' : chunkStates[chunk.state],
    stateText: renderText(shown, language),
    place: event === undefined ? undefined : places.placeOf(recording.positionAt(event)),
    event,
    links: linkWords(parts.machine.malloc.state, chunk),
  };
}

/**
 * The words of a chunk that its list is made of; undefined of a chunk on none.
 *
 * @source malloc/malloc.c: struct tcache_entry, struct malloc_chunk
 */
function linkWords(m: Ptmalloc, { state, mem, addr, size }: ChunkInfo): readonly ChunkLinkView[] | undefined {
  const names = linkNames(m, state);
  if (names.length === 0) return undefined;
  const peek = new Peek(m);
  const isMangled = state === 'tcache' || state === 'fastbin';
  return names.flatMap((name, word): ChunkLinkView[] => {
    const at = mem + word * m.SIZE_SZ;
    if (at + m.SIZE_SZ > addr + size) return [];
    const stored = peek.word(at);
    const meant = isMangled && name !== 'key' ? peek.link(at) : stored;
    return [{ name, start: hex(at), stored: hexWord(stored), meant: hexWord(meant) }];
  });
}

const hexWord = (word: Word): HexAddress => `0x${word.toString(16)}`;

/** Names of the words from the start of the block on. */
function linkNames(m: Ptmalloc, state: ChunkInfo['state']): readonly ChunkLinkView['name'][] {
  switch (state) {
    case 'tcache':
      return m.release.tcache.key === 'none' ? ['next'] : ['next', 'key'];
    case 'fastbin':
      return ['fd'];
    case 'unsorted':
    case 'small':
      return ['fd', 'bk'];
    case 'large':
      return ['fd', 'bk', 'fd_nextsize', 'bk_nextsize'];
    default:
      return [];
  }
}

function chunkText(heap: ChunkList, chunk: ChunkInfo): Text {
  switch (chunk.state) {
    case 'in-use':
      return saySession('session.chunk.inUse');
    case 'tcache-struct':
      return saySession('session.chunk.internal');
    case 'fencepost':
      return saySession('session.chunk.fencepost');
    case 'top':
      return saySession(heap.isMain ? 'session.chunk.top' : 'session.chunk.arenaTop');
    case 'tcache': {
      const list = heap.lists.find(
        ({ state, bin, members }) => state === 'tcache' && bin === chunk.bin && members.includes(chunk.mem),
      );
      const members = list?.members ?? [];
      const facts = {
        bin: chunk.bin ?? 0,
        bytes: chunk.size,
        place: members.indexOf(chunk.mem) + 1,
        count: members.length,
      };
      const thread = list?.thread ?? 0;
      return thread === 0
        ? saySession('session.chunk.tcache', facts)
        : saySession('session.chunk.threadTcache', { ...facts, thread: thread + 1 });
    }
    case 'fastbin':
      return saySession('session.chunk.fastbin', { bin: chunk.bin ?? 0 });
    case 'unsorted':
      return saySession('session.chunk.unsorted');
    case 'small':
      return saySession('session.chunk.small', { bin: chunk.bin ?? 0 });
    case 'large':
      return saySession('session.chunk.large', { bin: chunk.bin ?? 0 });
    case 'lost':
      return saySession('session.chunk.corrupted');
  }
}
