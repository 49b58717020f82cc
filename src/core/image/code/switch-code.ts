/**
 * The code of a switch: comparisons that find the cluster of the value, jump tables, tests of bits.
 *
 * Source: gcc/tree-switch-conversion.cc (switch_decision_tree::emit_case_nodes, bit_test_cluster::emit; no probabilities
 * are known at -O0, so that trees are lists), gcc/stmt.cc (emit_case_dispatch_table); measured with gcc 12.2.
 */
import type { CaseCluster, CaseRange } from '../switch-clusters.ts';
import { expandBinary, expandShift, expandVariableShift } from './arithmetic.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { writeComparison } from './doubleword.ts';
import { imm, memAt } from './machine.ts';
import type { Condition, Label, Mode, Operand } from './machine.ts';

/** What a switch works on. */
export interface SwitchValue {
  readonly operand: Operand;
  readonly mode: Mode;
  readonly isSigned: boolean;
}

/** Values of a cluster, from the least to the greatest. */
interface Bounds {
  readonly low: bigint;
  readonly high: bigint;
}

function boundsOf({ ranges }: CaseCluster): Bounds {
  return { low: ranges[0]?.low ?? 0n, high: ranges.at(-1)?.high ?? 0n };
}

/** Writes the code that goes to the case of a value. */
export class SwitchCoder {
  readonly #code: CodeBuffer;
  readonly #value: SwitchValue;
  readonly #other: Label;
  readonly #labelOf: (range: CaseRange) => Label;
  readonly #isPic: boolean;

  constructor(
    code: CodeBuffer,
    value: SwitchValue,
    other: Label,
    labelOf: (range: CaseRange) => Label,
    isPic: boolean,
  ) {
    this.#code = code;
    this.#value = value;
    this.#other = other;
    this.#labelOf = labelOf;
    this.#isPic = isPic;
  }

  /** Goes to the case, or to `other`. */
  write(clusters: readonly CaseCluster[]): void {
    const [only] = clusters;
    if (clusters.length === 1 && only !== undefined && only.kind !== 'simple') {
      this.#special(only, true);
      return;
    }
    const rest = [...clusters];
    const late: { readonly label: Label; readonly cluster: CaseCluster }[] = [];
    while (rest.length > 2) {
      const last = rest.pop();
      if (last !== undefined) this.#pivot(last, late);
    }
    const [first, second] = rest;
    if (first !== undefined) this.#first(first, second, late);
    this.#code.jump(this.#other);
    for (const { label, cluster } of late.reverse()) {
      this.#code.doubt('switch with a table behind comparisons');
      this.#code.label(label);
      this.#special(cluster, false);
    }
  }

  /** Where a cluster's code is; that of tables and bit tests is written later. */
  #entry(cluster: CaseCluster, late: { readonly label: Label; readonly cluster: CaseCluster }[]): Label {
    const [range] = cluster.ranges;
    if (cluster.kind === 'simple' && range !== undefined) return this.#labelOf(range);
    const label = this.#code.newLabel();
    late.push({ label, cluster });
    return label;
  }

  #compare(bound: bigint, condition: 'equal' | 'above' | 'atLeast', to: Label): void {
    const { operand: a, mode, isSigned } = this.#value;
    // At least n is more than n - 1, if that is nearer to zero.
    const isShifted = condition === 'atLeast' && (bound > 0n || !isSigned);
    const value = isShifted ? bound - 1n : bound;
    const operand =
      value >= -0x8000_0000n && value <= 0x7fff_ffffn ? imm(value) : this.#code.inRegister(mode, imm(value));
    let asked: Condition = isSigned ? 'ge' : 'ae';
    if (condition === 'equal') asked = 'e';
    else if (condition === 'above' || isShifted) asked = isSigned ? 'g' : 'a';
    this.#code.branch(writeComparison(this.#code, mode, asked, a, operand), to);
  }

  #pivot(one: CaseCluster, late: { readonly label: Label; readonly cluster: CaseCluster }[]): void {
    const { low, high } = boundsOf(one);
    if (low === high) {
      this.#compare(low, 'equal', this.#entry(one, late));
      this.#compare(low, 'above', this.#other);
      return;
    }
    this.#compare(high, 'above', this.#other);
    this.#compare(low, 'atLeast', this.#entry(one, late));
  }

  #first(
    one: CaseCluster,
    next: CaseCluster | undefined,
    late: { readonly label: Label; readonly cluster: CaseCluster }[],
  ): void {
    const { low, high } = boundsOf(one);
    if (low === high) {
      this.#compare(low, 'equal', this.#entry(one, late));
      if (next !== undefined) this.#last(next, late);
      return;
    }
    if (next === undefined) {
      this.#last(one, late);
      return;
    }
    const above = this.#code.newLabel();
    this.#compare(high, 'above', above);
    if (one.kind === 'simple') this.#compare(low, 'atLeast', this.#entry(one, late));
    else {
      const inside = this.#code.newLabel();
      this.#compare(low, 'atLeast', inside);
      this.#code.jump(this.#other);
      this.#code.label(inside);
      this.#special(one, false);
    }
    this.#code.jump(this.#other);
    this.#code.label(above);
    this.#last(next, late);
  }

  #last(one: CaseCluster, late: { readonly label: Label; readonly cluster: CaseCluster }[]): void {
    const { low, high } = boundsOf(one);
    if (low === high) {
      this.#compare(low, 'equal', this.#entry(one, late));
      return;
    }
    const code = this.#code;
    const { operand, mode } = this.#value;
    const distance = expandBinary(code, 'add', mode, operand, imm(-low));
    const holds = writeComparison(code, mode, 'be', distance, imm(high - low));
    code.branch(holds, this.#entry(one, late));
  }

  #special(cluster: CaseCluster, isWhole: boolean): void {
    if (cluster.kind === 'bit-test') this.#bitTest(cluster, isWhole);
    else this.#table(cluster);
  }

  /** Tables that begin at 1 or 2 begin at 0, which saves a subtraction. */
  #table(cluster: CaseCluster): void {
    const code = this.#code;
    const { operand, mode } = this.#value;
    const { low, high } = boundsOf(cluster);
    const least = low > 0n && low < 3n ? 0n : low;
    const index = least === 0n ? operand : expandBinary(code, 'add', mode, operand, imm(-least));
    code.branch(writeComparison(code, mode, 'a', index, imm(high - least)), this.#other);
    let wide: Operand = index;
    if (mode !== code.word) {
      wide = code.register(code.word);
      code.emit({ op: 'extend', mode: code.word, from: mode, isSigned: false, dst: wide, a: index });
    }
    const target = this.#target(wide);
    code.emit({
      op: 'indirect',
      targets: [...new Set([...cluster.ranges.map(this.#labelOf), this.#other])],
      uses: [target],
      jump: { op: 'raw', mnemonic: 'jmp reg', bytes: 2, uses: [target], defs: [], clobbers: 0 },
    });
  }

  /** The register with the address of the code for a value. */
  #target(index: Operand): number {
    const code = this.#code;
    if (!this.#isPic) return this.#absoluteEntry(index);
    if (code.table === undefined) return this.#relativeEntry(index);
    // On the i386 entries are distances from the global offset table.
    const offset = expandShift(code, 'sal', 'SI', code.inRegister('SI', index), 2);
    const place = { ...memAt(code.table.no, 0, 'table'), index: code.inRegister('SI', offset).no };
    return code.inRegister('SI', expandBinary(code, 'add', 'SI', code.inRegister('SI', place), code.table))
      .no;
  }

  /** Entries of four bytes: distances from the table. */
  #relativeEntry(wide: Operand): number {
    const code = this.#code;
    const offset = code.inRegister(code.word, expandShift(code, 'sal', code.word, wide, 2));
    const table: Operand = { kind: 'symbol', symbol: 'table', offset: 0 };
    const start = code.inRegister(code.word, table);
    const entry = code.register('SI');
    code.emit({
      op: 'move',
      mode: 'SI',
      dst: entry,
      a: { kind: 'mem', base: offset.no, index: start.no, scale: 1, disp: 0, symbol: undefined },
    });
    const distance = code.register(code.word);
    code.emit({ op: 'extend', mode: code.word, from: 'SI', isSigned: true, dst: distance, a: entry });
    const again = code.inRegister(code.word, table);
    return code.inRegister(code.word, expandBinary(code, 'add', code.word, distance, again)).no;
  }

  /** Entries of eight bytes: addresses. */
  #absoluteEntry(wide: Operand): number {
    const code = this.#code;
    const index = code.inRegister(code.word, wide).no;
    const entry = code.register(code.word);
    code.emit({
      op: 'move',
      mode: code.word,
      dst: entry,
      a: { kind: 'mem', base: undefined, index, scale: 8, disp: 0, symbol: 'table' },
    });
    return entry.no;
  }

  /** The bit of the value in a mask for each target; the whole switch checks the range itself. */
  #bitTest(cluster: CaseCluster, isWhole: boolean): void {
    const code = this.#code;
    const { mode, isSigned, operand } = this.#value;
    const { low, high } = boundsOf(cluster);
    // Values that are all bits of a word need no subtraction.
    const least = low >= 0n && high < 64n ? 0n : low;
    let index = operand;
    if (isSigned || least !== 0n) index = code.inRegister(mode, operand);
    if (least !== 0n) index = expandBinary(code, 'add', mode, index, imm(-least));
    if (isWhole) {
      const flag = code.register('QI');
      code.emit({ op: 'compare', mode, a: index, b: imm(high - least), isTest: false });
      code.emit({ op: 'set', condition: 'a', dst: flag });
      code.emit({ op: 'compare', mode: 'QI', a: flag, b: imm(0), isTest: false });
      code.branch('ne', this.#other);
    }
    const tests = masksOf(cluster.ranges, least);
    const count = code.inRegister(mode, index);
    const [only] = tests;
    if (tests.length === 1 && only !== undefined) {
      const mask = code.inRegister(code.word, imm(BigInt.asIntN(64, only.mask)));
      const shifted = code.inRegister(code.word, expandVariableShift(code, 'shr', code.word, mask, count));
      this.#testBits(shifted, 1n, only.range);
    } else {
      code.doubt('bit tests of several targets');
      const one = code.inRegister(code.word, imm(1));
      const bit = code.inRegister(code.word, expandVariableShift(code, 'sal', code.word, one, count));
      for (const { mask, range } of tests) this.#testBits(bit, BigInt.asIntN(64, mask), range);
    }
    code.jump(this.#other);
  }

  #testBits(word: Operand, mask: bigint, range: CaseRange): void {
    const code = this.#code;
    const bits = expandBinary(code, 'and', code.word, word, imm(mask));
    const flag = code.register('QI');
    code.emit({ op: 'compare', mode: code.word, a: bits, b: imm(0), isTest: false });
    code.emit({ op: 'set', condition: 'ne', dst: flag });
    code.emit({ op: 'compare', mode: 'QI', a: flag, b: imm(0), isTest: false });
    code.branch('ne', this.#labelOf(range));
  }
}

/** The bits of each target, those of the target with most ranges first. */
function masksOf(
  ranges: readonly CaseRange[],
  least: bigint,
): readonly { readonly mask: bigint; readonly range: CaseRange }[] {
  const tests: { readonly range: CaseRange; mask: bigint; count: number }[] = [];
  for (const range of ranges) {
    let test = tests.find((one) => one.range.target === range.target);
    if (test === undefined) tests.push((test = { range, mask: 0n, count: 0 }));
    const width = range.high - range.low + 1n;
    test.mask |= ((1n << width) - 1n) << (range.low - least);
    test.count += 1;
  }
  return tests.sort((a, b) => b.count - a.count);
}
