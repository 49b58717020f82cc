/**
 * What debug information has for an object in place of an address: its first value, a register, or nothing at all, in the
 * words of the schema `segments-truth/1`.
 *
 * Source: DWARF 5, 2.6.1.1 and 4.1; System V ABI, AMD64 figure 3.36 and i386 table 2.14 (numbers of registers).
 */
import { debugValueOf, objectsInCode } from '../core/image/debug-value.ts';
import { R8, XMM0 } from '../core/image/code/machine.ts';
import type { FrameLayout } from '../core/image/frame.ts';
import type { Placement } from '../core/sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol } from '../core/sema/typed-tree.ts';
import { dataModelOf } from '../core/target/data-model.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';

/** Fields of a static object that debug information describes by its first value, or not at all. */
export interface DebugValueJson {
  /** Text where a number would lose digits. */
  readonly const_value?: number | string;
  /** `constant`, an address that the object holds at first, or `none`. */
  readonly dwarf_location?: string;
}

/** Fields of a variable in a register. */
export interface DebugRegisterJson {
  readonly storage?: Placement['storage'];
  readonly segment?: Placement['segment'];
  /** Its name; the number in debug information for a place of the x87 stack below the top. */
  readonly register?: string | number;
  /** The registers with their shares in bytes, where there are several. */
  readonly location?: string;
}

const codeObjects = new WeakMap<UnitAnalysis, ReadonlySet<ObjectSymbol>>();

/** What debug information says of a static object beside its address. */
export function debugValueJson(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  of: ObjectSymbol,
): DebugValueJson {
  const { target, optimize } = analysis.options.compile;
  // The name of an alias has no place of its own.
  if (of.attributes.alias !== undefined) return { dwarf_location: 'none' };
  if (of.owner === undefined || optimize > 0) return {};
  let inCode = codeObjects.get(unit);
  if (inCode === undefined) {
    inCode = objectsInCode(unit.unit.functions, dataModelOf(target).wordBytes);
    codeObjects.set(unit, inCode);
  }
  const isWritten = (symbol: ObjectSymbol | FunctionSymbol): boolean =>
    unit.placementOf.get(symbol)?.storage === 'static';
  const found = debugValueOf(of, inCode, isWritten);
  if (found === undefined) return {};
  if (found.kind === 'constant') {
    if (found.value === undefined) return { dwarf_location: 'constant' };
    return { const_value: numberJson(found.value), dwarf_location: 'constant' };
  }
  const base = analysis.linked.addressOf(found.base);
  if (base === undefined) return {};
  return { dwarf_location: `addr:0x${(base + found.addend).toString(16)} stack_value` };
}

/** Negative numbers come as they are. */
function numberJson(value: bigint): number | string {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? value.toString() : Number(value);
}

/** In which register a `register` variable is. */
export function debugRegisterJson(frame: FrameLayout, word: 4 | 8, of: ObjectSymbol): DebugRegisterJson {
  const numbers = frame.variableRegisters.get(of) ?? [];
  const [first] = numbers;
  // Debug information has no place for one in the frame; of a parameter it says that there is one.
  if (first === undefined) return of.isParameter ? {} : { storage: 'none-emitted' };
  const register = registerName(first, word);
  const pieces = numbers.map((no) => `${String(registerName(no, word))} piece:${String(word)}`);
  return { segment: 'register', register, ...(pieces.length > 1 ? { location: pieces.join(' ') } : {}) };
}

const legacyNames = ['ax', 'dx', 'cx', 'bx', 'si', 'di', 'bp', 'sp'] as const;
/** The number of the top of the x87 stack in debug information of the i386. */
const STACK_TOP = 11;

/** By number, see code/machine.ts; on the i386 the places of the x87 stack stand where the vector registers are. */
function registerName(no: number, word: 4 | 8): string | number {
  if (no < R8) return `${word === 8 ? 'r' : 'e'}${legacyNames[no] ?? ''}`;
  if (no < XMM0) return `r${String(no)}`;
  if (word === 8) return `xmm${String(no - XMM0)}`;
  return no === XMM0 ? 'st0' : STACK_TOP + no - XMM0;
}
