/** Code in the making: instructions on pseudo registers, labels and jumps. */
import type { ObjectSymbol } from '../../sema/typed-tree.ts';
import type { TargetName } from '../../target/data-model.ts';
import { BP, FIRST_PSEUDO, THREAD, imm, memAt, reg } from './machine.ts';
import type { Condition, Insn, Label, Mem, Mode, Operand, Reg, SymbolAddress } from './machine.ts';
import type { Item } from './flow.ts';

/** The symbol of the table that holds addresses of what other files define. */
export const GLOBAL_OFFSET_TABLE = '_GLOBAL_OFFSET_TABLE_';

/** Bytes from the frame pointer of the i386 up to the first argument. */
const ARGUMENTS = 8;

/** The list that an expansion writes to. */
export class CodeBuffer {
  readonly items: Item[] = [];
  /** Modes of the pseudo registers. */
  readonly modes: Mode[] = [];
  /** Numbers of instructions at which calls of the tree end: filled as they are written. */
  readonly marks = new Map<Insn, unknown>();
  /** Loops that are entered at their test: where the body starts and where the test is. */
  readonly loops: { readonly start: Label; readonly test: Label }[] = [];
  /** Registers of what lives in registers: `register` variables and, on the i386, small compound literals. */
  readonly variables = new Map<ObjectSymbol, Reg>();
  /** On x86-64: pairs of registers of compound literals. */
  readonly literals = new Map<ObjectSymbol, Reg>();
  /** Pseudo registers of variables that the program itself puts into registers, parameters apart. */
  readonly userVariables = new Set<number>();
  /** Pseudo registers that gcc allots one which their own instruction takes, and loads into another at last. */
  readonly reloaded = new Set<number>();
  /** Pseudo registers of the x87's own format that an instruction makes as cheaply in general registers. */
  readonly neutral = new Set<number>();
  /** Whether values are computed that nobody may read: sizes of arrays, beside such variables. */
  computesSizes = false;
  /** What made the result an estimate, if anything. */
  readonly doubts = new Set<string>();
  readonly target: TargetName;
  /** The mode of addresses. */
  readonly word: 'SI' | 'DI';
  /** On x86-64: addresses of the program are constants of 32 bits. */
  readonly isAbsolute: boolean;
  /** On the i386: the register with the address of the global offset table, where code is position-independent. */
  readonly table: Reg | undefined;
  readonly #foreign: ReadonlySet<string>;
  #argumentPointer: number | undefined;
  #labels = 0;

  /**
   * An empty buffer; on the i386 it begins with what finds the global offset table, where code needs it.
   *
   * @param foreign - names whose addresses are in the global offset table of the i386
   */
  constructor(target: TargetName, isPic: boolean, foreign: ReadonlySet<string>) {
    this.target = target;
    this.word = target === 'x86_64' ? 'DI' : 'SI';
    this.isAbsolute = target === 'x86_64' && !isPic;
    this.#foreign = foreign;
    if (target === 'x86_64' || !isPic) return;
    this.table = this.register('SI');
    // A call of a function that reads its return address, and an addition.
    this.emit({ op: 'lea', mode: 'SI', dst: this.table, a: memAt(undefined, 0, GLOBAL_OFFSET_TABLE) });
  }

  /** Whether there may be values that nobody reads. */
  get hasUnreadValues(): boolean {
    return this.computesSizes || this.userVariables.size > 0;
  }

  /** Whether the address of something is read from the global offset table. */
  isForeign(symbol: string): boolean {
    return this.table !== undefined && this.#foreign.has(symbol);
  }

  /** Memory with an address that instructions can have. */
  reach(memory: Mem): Mem {
    const { symbol, base, disp } = memory;
    if (this.table === undefined || symbol === undefined || base !== undefined || symbol.startsWith(THREAD))
      return memory;
    if (!this.#foreign.has(symbol)) return { ...memory, base: this.table.no };
    const start = this.register('SI');
    this.emit({ op: 'move', mode: 'SI', dst: start, a: memAt(this.table.no, 0, symbol) });
    return { ...memory, base: start.no, symbol: undefined, disp };
  }

  /** Puts the address of something into a register. */
  #loadAddress(dst: Reg, { symbol, offset }: SymbolAddress): void {
    const { table } = this;
    if (table === undefined) {
      this.emit({ op: 'move', mode: this.word, dst, a: { kind: 'symbol', symbol, offset } });
      return;
    }
    if (!this.#foreign.has(symbol)) {
      this.emit({ op: 'lea', mode: 'SI', dst, a: memAt(table.no, offset, symbol) });
      return;
    }
    // The table's word has a register of its own (config/i386/i386.cc: legitimize_pic_address).
    const start = this.register('SI');
    this.emit({ op: 'move', mode: 'SI', dst: start, a: memAt(table.no, 0, symbol) });
    if (offset === 0) this.emit({ op: 'move', mode: 'SI', dst, a: start });
    else this.emit({ op: 'lea', mode: 'SI', dst, a: memAt(start.no, offset) });
  }

  emit(item: Item): void {
    this.items.push(
      this.#argumentPointer === undefined ? item : this.#throughPointer(item, this.#argumentPointer),
    );
  }

  /**
   * From here on the arguments are found by a pseudo register that gets the value of a hard one: the frame pointer does
   * not know where they are, since the stack was aligned before it was set.
   *
   * @param from - number of the hard register
   */
  keepArguments(from: number): void {
    const pointer = this.register('SI');
    this.emit({ op: 'move', mode: 'SI', dst: pointer, a: reg(from) });
    this.#argumentPointer = pointer.no;
  }

  #throughPointer(item: Item, pointer: number): Item {
    const mapped: Record<string, unknown> = { ...item };
    for (const key of ['dst', 'a', 'b'] as const) {
      const operand = mapped[key] as Operand | undefined;
      if (operand?.kind === 'mem' && operand.base === BP && operand.disp >= ARGUMENTS)
        mapped[key] = { ...operand, base: pointer, disp: operand.disp - ARGUMENTS };
    }
    return mapped as unknown as Item;
  }

  /** A fresh pseudo register. */
  register(mode: Mode): Reg {
    this.modes.push(mode);
    return reg(FIRST_PSEUDO + this.modes.length - 1);
  }

  newLabel(): Label {
    return { id: (this.#labels += 1) };
  }

  label(label: Label): void {
    this.emit({ op: 'label', label });
  }

  jump(to: Label, locus = 0): void {
    this.emit({ op: 'jump', to, locus });
  }

  branch(condition: Condition, to: Label): void {
    this.emit({ op: 'branch', condition, to });
  }

  /** A jump on a comparison of floating values. */
  branchFloating(condition: Condition, to: Label): void {
    this.emit({ op: 'branch', condition, to, isFloating: true });
  }

  /** Says that what is written next is not verified against gcc. */
  doubt(what: string): void {
    this.doubts.add(what);
  }

  /** An operand as instructions take it: where addresses are constants, they are immediate values. */
  plain(operand: Operand): Operand {
    return this.isAbsolute && operand.kind === 'symbol' ? imm(ABSOLUTE_ADDRESS) : operand;
  }

  move(mode: Mode, dst: Operand, source: Operand): void {
    const a = this.plain(source);
    if (dst.kind === 'reg' && a.kind === 'reg' && dst.no === a.no) return;
    if (a.kind === 'symbol' && dst.kind === 'reg') {
      this.#loadAddress(dst, a);
      return;
    }
    if (a.kind === 'symbol' && dst.kind === 'mem' && this.target === 'i386' && this.table === undefined) {
      this.emit({ op: 'move', mode, dst, a });
      return;
    }
    if (dst.kind === 'mem' && (a.kind === 'mem' || a.kind === 'symbol')) {
      this.emit({ op: 'move', mode, dst, a: this.inRegister(mode, a) });
      return;
    }
    if (
      dst.kind === 'mem' &&
      a.kind === 'imm' &&
      mode === 'DI' &&
      this.word === 'DI' &&
      !isSignedWord(a.value)
    ) {
      const between = this.register(mode);
      this.emit({ op: 'move', mode, dst: between, a });
      this.emit({ op: 'move', mode, dst, a: between });
      return;
    }
    this.emit({ op: 'move', mode, dst, a });
  }

  /** The value in a register: the one it has, or a fresh one. */
  inRegister(mode: Mode, operand: Operand): Reg {
    if (operand.kind === 'reg') return operand;
    const source = operand.kind === 'mem' ? this.reach(operand) : operand;
    const fresh = this.register(mode);
    this.move(mode, fresh, source);
    return fresh;
  }
}

/** An address in a program that is not position-independent: it needs four bytes. */
const ABSOLUTE_ADDRESS = 0x40_1000;

function isSignedWord(value: bigint): boolean {
  return value >= -0x8000_0000n && value <= 0x7fff_ffffn;
}
