/**
 * Places: where an lvalue lies, as far as it is known when the code is generated, and how to load from it, store to it
 * and take its address.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { unreachable } from '../../base/assert.ts';
import type { FunctionState } from './function-state.ts';
import { isUntold, noteAccess, noteBounds } from './observation.ts';
import type { AccessKind, Extent } from './observation.ts';
import { loadAt, loadAtConstant, loadHost, storeAt, storeAtConstant, storeHost } from './memory-access.ts';
import type { Access } from './value-type.ts';
import { op } from './wasm-module.ts';

/**
 * A place in memory, or a wasm local for `register` objects. `within` is the object that an index may lead out of, in
 * modules that tell of it.
 */
export type Place =
  /** Bytes from rbp. */
  | {
      readonly kind: 'frame';
      readonly offset: number;
      readonly bits?: BitRange;
      readonly within?: Extent | undefined;
    }
  /** Absolute address. */
  | {
      readonly kind: 'static';
      readonly addr: number;
      readonly bits?: BitRange;
      readonly within?: Extent | undefined;
    }
  /** The base is on the wasm stack; `offset` bytes are still to be added. */
  | {
      readonly kind: 'pointer';
      readonly offset: number;
      readonly bits?: BitRange;
      readonly within?: Extent | undefined;
    }
  /** The base is in a wasm local that belongs to the place. */
  | {
      readonly kind: 'pinned';
      readonly local: number;
      readonly isOwned: boolean;
      readonly offset: number;
      readonly bits?: BitRange;
      readonly within?: Extent | undefined;
    }
  | { readonly kind: 'local'; readonly index: number; readonly bits?: undefined }
  /** Bytes of a `register` array, which is in i64 locals from `index` on. */
  | {
      readonly kind: 'packed';
      readonly index: number;
      readonly offset: number;
      readonly bits?: undefined;
    };

/** A bit-field inside its place: a container of `size` bytes, and the bits in it. */
export interface BitRange {
  readonly size: 1 | 2 | 4 | 8;
  readonly shift: number;
  readonly width: number;
}

/** The place `bytes` further on. */
export function offsetPlace(place: Place, bytes: number): Place {
  switch (place.kind) {
    case 'frame':
      return { kind: 'frame', offset: place.offset + bytes, within: place.within };
    case 'static':
      return { kind: 'static', addr: place.addr + bytes, within: place.within };
    case 'pointer':
      return { kind: 'pointer', offset: place.offset + bytes, within: place.within };
    case 'pinned':
      return { ...place, offset: place.offset + bytes };
    case 'packed':
      return { ...place, offset: place.offset + bytes };
    case 'local':
      return place;
    default:
      return unreachable(place);
  }
}

/** Makes a place that can be used more than once and with other values on the stack: moves its base to a local. */
export function pin(state: FunctionState, place: Place): Place {
  if (place.kind !== 'pointer') return place;
  const local = state.temp(state.program.pointer);
  state.addConst(place.offset);
  state.code.localSet(local);
  return {
    kind: 'pinned',
    local,
    isOwned: true,
    offset: 0,
    within: place.within,
    ...(place.bits === undefined ? {} : { bits: place.bits }),
  };
}

/** Gives a pinned place's local back. */
export function unpin(state: FunctionState, place: Place): void {
  if (place.kind === 'pinned' && place.isOwned) state.release(state.program.pointer, place.local);
}

/** Whether the bytes lie in the part of the frame that is known to be present and writable. */
export function isDirect(state: FunctionState, offset: number, size: number): boolean {
  const { frame } = state;
  if (offset + size > 2 * state.program.wordBytes + frame.parameterPlaces.stackBytes) return false;
  if (!state.isLargeFrame) return offset >= -frame.depth;
  return offset >= -Math.min(frame.registerLikeDepth, PAGE_SIZE);
}

/** Pushes the host address base for a direct frame access; returns the offset to use with it. */
export function pushFrameHost(state: FunctionState, offset: number): number {
  state.code.localGet(state.host);
  if (state.hostBase + offset >= 0) return state.hostBase + offset;
  state.code.i32Const(state.hostBase + offset);
  state.code.emit(op.i32_add);
  return 0;
}

/** Pushes the address of the place; a `pointer` place's base is taken from the stack. */
export function pushAddress(state: FunctionState, place: Place): void {
  switch (place.kind) {
    case 'frame':
      state.code.localGet(state.rbp);
      state.addConst(place.offset);
      return;
    case 'static':
      state.pointerConst(place.addr);
      return;
    case 'pointer':
      state.addConst(place.offset);
      return;
    case 'pinned':
      state.code.localGet(place.local);
      state.addConst(place.offset);
      return;
    case 'local':
    case 'packed':
      // The analyser rejects & of a register object.
      state.pointerConst(0);
      return;
    default:
      unreachable(place);
  }
}

/** Loads a scalar from the place. */
export function loadPlace(
  state: FunctionState,
  place: Place,
  access: Access,
  kind: AccessKind = 'load',
): void {
  noteKnownBounds(state, place, access.size, false);
  switch (place.kind) {
    case 'frame':
      if (isDirect(state, place.offset, access.size)) {
        if (!isUntold(state, place.offset))
          noteAccess(state, kind, () => pushAddress(state, place), access.size);
        loadHost(state, access, pushFrameHost(state, place.offset));
        return;
      }
      break;
    case 'static':
      loadAtConstant(state, place.addr, access, kind);
      return;
    case 'local':
      state.code.localGet(place.index);
      return;
    case 'packed':
      loadPacked(state, place, access);
      return;
    case 'pointer':
    case 'pinned':
      break;
    default:
      unreachable(place);
  }
  if (place.kind === 'pinned' && place.offset === 0) {
    noteLocalBounds(state, place, place.local, { size: access.size, isStore: false });
    loadAt(state, place.local, access, kind);
    return;
  }
  pushAddress(state, place);
  const addr = state.temp(state.program.pointer);
  state.code.localSet(addr);
  noteLocalBounds(state, place, addr, { size: access.size, isStore: false });
  loadAt(state, addr, access, kind);
  state.release(state.program.pointer, addr);
}

/**
 * Stores a scalar to the place. `pushValue` pushes it; it runs after a `pointer` place's base has been moved to a local,
 * so it may use the stack and call functions.
 */
export function storePlace(
  state: FunctionState,
  place: Place,
  access: Access,
  pushValue: () => void,
  kind: AccessKind = 'store',
): void {
  const { code } = state;
  noteKnownBounds(state, place, access.size, true);
  switch (place.kind) {
    case 'frame':
      if (isDirect(state, place.offset, access.size)) {
        const offset = pushFrameHost(state, place.offset);
        pushValue();
        if (!isUntold(state, place.offset))
          noteAccess(state, kind, () => pushAddress(state, place), access.size);
        storeHost(state, access, offset);
        return;
      }
      break;
    case 'static': {
      const value = state.temp(access.type);
      pushValue();
      code.localSet(value);
      storeAtConstant(state, place.addr, access, value, kind);
      state.release(access.type, value);
      return;
    }
    case 'local':
      pushValue();
      code.localSet(place.index);
      return;
    case 'packed':
      storePacked(state, place, access, pushValue);
      return;
    case 'pointer':
    case 'pinned':
      break;
    default:
      unreachable(place);
  }
  const pointer = state.program.pointer;
  const isReady = place.kind === 'pinned' && place.offset === 0;
  const addr = isReady ? place.local : state.temp(pointer);
  if (!isReady) {
    pushAddress(state, place);
    code.localSet(addr);
  }
  const value = state.temp(access.type);
  pushValue();
  code.localSet(value);
  noteLocalBounds(state, place, addr, { size: access.size, isStore: true });
  storeAt(state, addr, access, value, kind);
  state.release(access.type, value);
  if (!isReady) state.release(pointer, addr);
}

/** Tells of an access whose address is in a local when it leaves the object that it is made through. */
function noteLocalBounds(
  state: FunctionState,
  place: Place,
  addr: number,
  access: { readonly size: number; readonly isStore: boolean },
): void {
  if (place.kind !== 'pointer' && place.kind !== 'pinned') return;
  noteBounds(state, { ...access, pushAddr: () => state.code.localGet(addr) }, place.within);
}

/** The same for an address that is known now: told only where it is outside. */
function noteKnownBounds(state: FunctionState, place: Place, size: number, isStore: boolean): void {
  if ((place.kind !== 'frame' && place.kind !== 'static') || place.within === undefined) return;
  const { within } = place;
  const start = place.kind === 'frame' ? place.offset : place.addr;
  if (start >= within.start && start + size <= within.start + within.size) return;
  noteBounds(state, { size, isStore, pushAddr: () => pushAddress(state, place) }, within);
}

type PackedPlace = Extract<Place, { kind: 'packed' }>;

/** Bytes of an i64 local. */
const LOCAL_BYTES = 8;

/** Shifts the bytes of a `register` array down and cuts them to the type. */
function loadPacked(state: FunctionState, { index, offset }: PackedPlace, access: Access): void {
  const { code } = state;
  code.localGet(index + Math.floor(offset / LOCAL_BYTES));
  code.i64Const((offset % LOCAL_BYTES) * 8);
  code.emit(op.i64_shr_u);
  if (access.type === 'f64') code.emit(op.f64_reinterpret_i64);
  if (access.size === LOCAL_BYTES) return;
  code.emit(op.i32_wrap_i64);
  if (access.type === 'f32') code.emit(op.f32_reinterpret_i32);
  if (access.size >= 4) return;
  const isSigned = access.name === 'i8' || access.name === 'i16';
  const free = 32 - access.size * 8;
  code.i32Const(free);
  code.emit(op.i32_shl);
  code.i32Const(free);
  code.emit(isSigned ? op.i32_shr_s : op.i32_shr_u);
}

function storePacked(
  state: FunctionState,
  { index, offset }: PackedPlace,
  access: Access,
  pushValue: () => void,
): void {
  const { code } = state;
  const local = index + Math.floor(offset / LOCAL_BYTES);
  const shift = (offset % LOCAL_BYTES) * 8;
  const mask = ((1n << BigInt(access.size * 8)) - 1n) << BigInt(shift);
  pushValue();
  if (access.type === 'f64') code.emit(op.i64_reinterpret_f64);
  if (access.type === 'f32') code.emit(op.i32_reinterpret_f32);
  if (access.size < LOCAL_BYTES) code.emit(op.i64_extend_i32_u);
  code.i64Const(shift);
  code.emit(op.i64_shl);
  code.i64Const(BigInt.asIntN(64, mask));
  code.emit(op.i64_and);
  code.localGet(local);
  code.i64Const(BigInt.asIntN(64, ~mask));
  code.emit(op.i64_and);
  code.emit(op.i64_or);
  code.localSet(local);
}
