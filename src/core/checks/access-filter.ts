/**
 * The first look at each access of a checked run, in WebAssembly: whether all its bytes may be touched and are initialised,
 * which is so nearly always. Only the others are told to the checker, which decides; a store to bytes that nothing was
 * stored to initialises them here.
 */
import { CodeWriter, op, WasmModule } from '../codegen/wasm-module.ts';
import type { Opcode } from '../codegen/wasm-module.ts';
import { PENDING, UNDEFINED } from './shadow-memory.ts';
import type { ShadowMemory } from './shadow-memory.ts';
import { writeProbe } from './shadow-probe.ts';

/** Who hears of the accesses that are not plainly right. */
export interface DoubtfulAccesses {
  load(addr: number, bytes: number): void;
  store(addr: number, bytes: number): void;
  copyLoad(addr: number, bytes: number): void;
  copyStore(addr: number, bytes: number): void;
}

/** What an observed module imports for its accesses, by name. */
export type AccessImports = Readonly<Record<string, WebAssembly.ExportValue>>;

const kinds = ['load', 'store', 'copyLoad', 'copyStore'] as const;
const importNames = {
  load: 'noted_load',
  store: 'noted_store',
  copyLoad: 'noted_copy_load',
  copyStore: 'noted_copy_store',
} as const;

/**
 * Makes the filter over the states of a shadow memory.
 *
 * @param followsValues - stores may carry bits that are not initialised
 */
export function accessFilter(
  shadow: ShadowMemory,
  told: DoubtfulAccesses,
  followsValues: boolean,
): AccessImports {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(filterModule(followsValues)), {
    env: {
      memory: shadow.linear,
      ...Object.fromEntries(
        kinds.map((kind) => [
          kind,
          (low: number, high: number, bytes: number) => {
            told[kind]((low >>> 0) + (high >>> 0) * 2 ** 32, bytes);
          },
        ]),
      ),
    },
  });
  return instance.exports;
}

function filterModule(followsValues: boolean): Uint8Array {
  const module = new WasmModule('env');
  module.importMemory();
  const access = { parameters: ['i32', 'i32', 'i32'], result: undefined } as const;
  const tell = kinds.map((kind) => module.importFunction(kind, access));
  kinds.forEach((kind, i) => {
    const filter = module.declareFunction(kind, access);
    module.addExport(importNames[kind], 'function', filter);
    const code = new CodeWriter();
    const isStore = kind === 'store' || kind === 'copyStore';
    writeFilter(code, {
      tell: tell[i] ?? 0,
      // Of a bit-field a part of the bytes is initialised.
      defines: isStore && !followsValues,
      carries: isStore && followsValues,
    });
    module.defineFunction(filter, ['i64', 'i32', 'i32'], code);
  });
  return module.finish();
}

/** Sizes of accesses that are looked at here, with the instructions for so many states. */
const widths: readonly {
  readonly bytes: number;
  readonly load: Opcode;
  readonly store: Opcode;
  readonly isWide: boolean;
}[] = [
  { bytes: 8, load: op.i64_load, store: op.i64_store, isWide: true },
  { bytes: 4, load: op.i32_load, store: op.i32_store, isWide: false },
  { bytes: 1, load: op.i32_load8_u, store: op.i32_store8, isWide: false },
  { bytes: 2, load: op.i32_load16_u, store: op.i32_store16, isWide: false },
];

/** (low half, high half of the address, bytes): returns after an access that is right, else tells of it. */
function writeFilter(
  code: CodeWriter,
  kind: { readonly tell: number; readonly defines: boolean; readonly carries: boolean },
): void {
  const [low, high, bytes, page, entry, states] = [0, 1, 2, 3, 4, 5];
  const doubtful = code.open(op.block);
  if (kind.carries) {
    code.i32Const(PENDING);
    code.memory(op.i32_load, 0);
    code.branchIf(doubtful, 'unlikely');
  }
  const pushBytes = (): void => {
    code.localGet(bytes);
  };
  writeProbe({ code, low, high, page, entry, states, pushBytes }, doubtful);
  for (const width of widths) {
    code.localGet(bytes);
    code.i32Const(width.bytes);
    code.emit(op.i32_eq);
    code.open(op.if);
    code.localGet(states);
    code.memory(width.load, 0);
    code.emit(width.isWide ? op.i64_eqz : op.i32_eqz);
    code.open(op.if);
    code.emit(op.return);
    code.close();
    if (kind.defines) writeDefinition(code, states, width);
    code.branch(doubtful);
    code.close();
  }
  code.close();
  code.localGet(low);
  code.localGet(high);
  code.localGet(bytes);
  code.call(kind.tell);
}

/** Initialises bytes that all were not, and returns. */
function writeDefinition(code: CodeWriter, states: number, width: (typeof widths)[number]): void {
  const allUndefined = BigInt.asIntN(
    width.isWide ? 64 : 32,
    BigInt(`0x${`0${String(UNDEFINED)}`.repeat(width.bytes)}`),
  );
  code.localGet(states);
  code.memory(width.load, 0);
  if (width.isWide) code.i64Const(allUndefined);
  else code.i32Const(Number(allUndefined));
  code.emit(width.isWide ? op.i64_eq : op.i32_eq);
  code.open(op.if);
  code.localGet(states);
  if (width.isWide) code.i64Const(0);
  else code.i32Const(0);
  code.memory(width.store, 0);
  code.emit(op.return);
  code.close();
}
