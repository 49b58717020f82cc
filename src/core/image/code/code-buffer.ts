/** Code in the making: instructions on pseudo registers, labels and jumps. */
import { FIRST_PSEUDO, reg } from './machine.ts';
import type { Condition, Insn, Label, Mode, Operand, Reg } from './machine.ts';
import type { Item } from './flow.ts';

/** The list that an expansion writes to. */
export class CodeBuffer {
  readonly items: Item[] = [];
  /** Modes of the pseudo registers. */
  readonly modes: Mode[] = [];
  /** Numbers of instructions at which calls of the tree end: filled as they are written. */
  readonly marks = new Map<Insn, unknown>();
  /** Loops that are entered at their test: where the body starts and where the test is. */
  readonly loops: { readonly start: Label; readonly test: Label }[] = [];
  /** What made the result an estimate, if anything. */
  readonly doubts = new Set<string>();
  /** The mode of addresses. */
  readonly word: 'SI' | 'DI';
  #labels = 0;

  constructor(word: 'SI' | 'DI') {
    this.word = word;
  }

  emit(item: Item): void {
    this.items.push(item);
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

  /** Says that what is written next is not verified against gcc. */
  doubt(what: string): void {
    this.doubts.add(what);
  }

  move(mode: Mode, dst: Operand, a: Operand): void {
    if (dst.kind === 'reg' && a.kind === 'reg' && dst.no === a.no) return;
    if (dst.kind === 'mem' && (a.kind === 'mem' || a.kind === 'symbol')) {
      const between = this.register(mode);
      this.emit({ op: 'move', mode, dst: between, a });
      this.emit({ op: 'move', mode, dst, a: between });
      return;
    }
    if (dst.kind === 'mem' && a.kind === 'imm' && mode === 'DI' && !isSignedWord(a.value)) {
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
    const fresh = this.register(mode);
    this.emit({ op: 'move', mode, dst: fresh, a: operand });
    return fresh;
  }
}

function isSignedWord(value: bigint): boolean {
  return value >= -0x8000_0000n && value <= 0x7fff_ffffn;
}
