/**
 * How gcc carries out a switch: cases that lie close together become a jump table, a few targets within one word a test of
 * bits, the others comparisons.
 *
 * Source: gcc/tree-switch-conversion.cc (analyze_switch_statement, find_bit_tests, find_jump_tables, can_be_handled,
 * is_beneficial), gcc/tree-cfg.cc (group_case_labels_stmt), gcc/stmt.cc (emit_case_dispatch_table): behaviour; parameters
 * jump-table-max-growth-ratio-for-speed = 800, case-values-threshold = 5, max_case_bit_tests = 3.
 */
import type { SwitchCase, TypedStatement } from '../sema/typed-tree.ts';

type Switch = Extract<TypedStatement, { kind: 'switch' }>;

/** Neighbouring values that lead to one place. */
export interface CaseRange {
  readonly low: bigint;
  readonly high: bigint;
  /** Equal for ranges with the same target. */
  readonly target: number;
}

/** A part of the switch. */
export interface CaseCluster {
  readonly kind: 'simple' | 'bit-test' | 'jump-table';
  /** In ascending order. */
  readonly ranges: readonly CaseRange[];
}

const MAX_GROWTH_PERCENT = 800n;
const CASE_VALUES_THRESHOLD = 5;
const MAX_BIT_TEST_TARGETS = 3;

/** The clusters of a switch, in ascending order. */
export function switchClusters(statement: Switch, wordBytes: 4 | 8): readonly CaseCluster[] {
  const ranges = caseRanges(statement);
  const clusters: CaseCluster[] = [];
  let rest: CaseRange[] = [];
  const flush = (): void => {
    clusters.push(...jumpTables(rest));
    rest = [];
  };
  for (const cluster of bitTests(ranges, wordBytes)) {
    if (cluster.kind === 'simple') rest.push(...cluster.ranges);
    else {
      flush();
      clusters.push(cluster);
    }
  }
  flush();
  return clusters;
}

/** Entries of a jump table; tables that begin at 1 or 2 begin at 0, which saves a subtraction. */
export function tableEntries({ ranges }: CaseCluster): number {
  const low = ranges[0]?.low ?? 0n;
  const high = ranges.at(-1)?.high ?? 0n;
  return Number(high - (low > 0n && low < 3n ? 0n : low) + 1n);
}

/** The cases in order, neighbours with one target joined, those that go where `default` goes left out. */
export function caseRanges(statement: Switch): readonly CaseRange[] {
  const { targets, defaultTarget } = caseTargets(statement);
  const sorted = [...statement.cases].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const ranges: CaseRange[] = [];
  for (const one of sorted) {
    const target = targets.get(one) ?? -1;
    if (target === defaultTarget) continue;
    const before = ranges.at(-1);
    if (before?.target === target && before.high + 1n === one.first)
      ranges[ranges.length - 1] = { ...before, high: one.last };
    else ranges.push({ low: one.first, high: one.last, target });
  }
  return ranges;
}

/** Labels with nothing between them have one target. */
function caseTargets(statement: Switch): {
  readonly targets: ReadonlyMap<SwitchCase, number>;
  readonly defaultTarget: number | undefined;
} {
  const targets = new Map<SwitchCase, number>();
  let defaultTarget: number | undefined;
  let current = 0;
  let isFresh = false;
  const label = (): number => {
    if (!isFresh) current += 1;
    isFresh = true;
    return current;
  };
  const visit = (labelled: TypedStatement): void => {
    let node = labelled;
    // Chains of labels may be long.
    while (node.kind === 'case' || node.kind === 'default' || node.kind === 'label') {
      const target = label();
      if (node.kind === 'case') targets.set(node.label, target);
      else if (node.kind === 'default') defaultTarget = target;
      node = node.body;
    }
    if (node.kind === 'null') return;
    if (node.kind === 'block') {
      for (const inner of node.statements) visit(inner);
      return;
    }
    // A switch inside has cases of its own; other statements may hold labels of this one.
    for (const inner of node.kind === 'switch' ? [] : innerStatements(node)) {
      isFresh = false;
      visit(inner);
    }
    isFresh = false;
  };
  visit(statement.body);
  return { targets, defaultTarget };
}

function innerStatements(node: TypedStatement): readonly TypedStatement[] {
  switch (node.kind) {
    case 'if':
      return node.otherwise === undefined ? [node.then] : [node.then, node.otherwise];
    case 'while':
    case 'do':
    case 'for':
      return [node.body];
    default:
      return [];
  }
}

const comparisonsOf = (range: CaseRange): bigint => (range.low === range.high ? 1n : 2n);

const simple = (range: CaseRange): CaseCluster => ({ kind: 'simple', ranges: [range] });

/** The fewest clusters such that each may be a test of bits. */
function bitTests(ranges: readonly CaseRange[], wordBytes: 4 | 8): readonly CaseCluster[] {
  const wordBits = BigInt(wordBytes * 8);
  const starts = [0];
  const counts = [0];
  for (let end = 1; end <= ranges.length; end += 1) {
    let best = Infinity;
    let bestStart = end - 1;
    // A word has so many bits, and no range is empty.
    for (let start = Math.max(0, end - wordBytes * 8); start < end; start += 1) {
      const count = (counts[start] ?? 0) + 1;
      if (count < best && isBitTest(ranges.slice(start, end), wordBits)) [best, bestStart] = [count, start];
    }
    counts.push(best);
    starts.push(bestStart);
  }
  if (counts.at(-1) === ranges.length) return ranges.map(simple);
  return partition(ranges, starts, (part) => {
    const count = part.reduce((sum, range) => sum + comparisonsOf(range), 0n);
    const targets = new Set(part.map((range) => range.target)).size;
    const isBeneficial =
      part.length > 1 &&
      ((targets === 1 && count >= 3n) || (targets === 2 && count >= 5n) || (targets === 3 && count >= 6n));
    return isBeneficial ? 'bit-test' : undefined;
  });
}

function isBitTest(part: readonly CaseRange[], wordBits: bigint): boolean {
  if (part.length === 1) return true;
  const span = (part.at(-1)?.high ?? 0n) - (part[0]?.low ?? 0n) + 1n;
  return span < wordBits && new Set(part.map((range) => range.target)).size <= MAX_BIT_TEST_TARGETS;
}

/** The fewest clusters such that each may be a table; among equals those that leave fewer cases to comparisons. */
function jumpTables(ranges: readonly CaseRange[]): readonly CaseCluster[] {
  const starts = [0];
  const best = [{ count: 0, others: 0 }];
  let all = 0n;
  for (let end = 1; end <= ranges.length; end += 1) {
    const last = ranges[end - 1];
    if (last !== undefined) all += comparisonsOf(last);
    let comparisons = all;
    let found = { count: Infinity, others: Infinity };
    let foundStart = end - 1;
    const high = ranges[end - 1]?.high ?? 0n;
    for (let start = 0; start < end && found.count > 1; start += 1) {
      const before = best[start] ?? { count: 0, others: 0 };
      const others = before.others + (end - start < CASE_VALUES_THRESHOLD ? end - start : 0);
      const count = before.count + 1;
      const first = ranges[start];
      if (first === undefined) continue;
      const isBetter = count < found.count || (count === found.count && others < found.others);
      const span = high - first.low + 1n;
      if (isBetter && (start === end - 1 || 100n * span <= MAX_GROWTH_PERCENT * comparisons)) {
        found = { count, others };
        foundStart = start;
      }
      comparisons -= comparisonsOf(first);
    }
    best.push(found);
    starts.push(foundStart);
  }
  if (best.at(-1)?.count === ranges.length) return ranges.map(simple);
  return partition(ranges, starts, (part) =>
    part.length >= CASE_VALUES_THRESHOLD ? 'jump-table' : undefined,
  );
}

/** Cuts the ranges at the starts that were found, from the last one back. */
function partition(
  ranges: readonly CaseRange[],
  starts: readonly number[],
  kindOf: (part: readonly CaseRange[]) => 'bit-test' | 'jump-table' | undefined,
): readonly CaseCluster[] {
  const clusters: CaseCluster[] = [];
  for (let end = ranges.length; end > 0;) {
    const start = starts[end] ?? 0;
    const part = ranges.slice(start, end);
    const kind = kindOf(part);
    if (kind === undefined)
      for (let at = part.length - 1; at >= 0; at -= 1) clusters.push(...part.slice(at, at + 1).map(simple));
    else clusters.push({ kind, ranges: part });
    end = start;
  }
  return clusters.reverse();
}
