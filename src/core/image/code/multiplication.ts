/**
 * Products with a constant as shifts, additions and subtractions, where those are cheaper than `imul`.
 *
 * Source: gcc/expmed.cc (synth_mult, choose_mult_variant), config/i386/x86-tune-costs.h (generic_cost).
 */

/** One step towards the product; the first one is always the factor itself. */
export interface MultiplyStep {
  readonly op: 'shift' | 'add_t_m2' | 'sub_t_m2' | 'add_factor' | 'sub_factor' | 'add_t2_m' | 'sub_t2_m';
  readonly log: number;
}

/** How to multiply by a constant. */
export interface MultiplyPlan {
  readonly steps: readonly MultiplyStep[];
  readonly variant: 'basic' | 'negate' | 'add';
}

interface Cost {
  readonly cost: number;
  readonly latency: number;
}

interface Algorithm extends Cost {
  /** Undefined when there is none within the limit. */
  readonly steps: readonly MultiplyStep[] | undefined;
}

const ADD = 4;
const SHIFT = 4;
const LEA = 5;
/** Costs of `imul` for 8, 16, 32 and 64 bits. */
const multiplyCost: Readonly<Record<number, number>> = { 8: 12, 16: 16, 32: 12, 64: 16 };

const plans = new Map<string, MultiplyPlan | undefined>();

/** The cheapest way, or undefined when `imul` is cheaper. */
export function planMultiplication(factor: bigint, bits: 8 | 16 | 32 | 64): MultiplyPlan | undefined {
  const key = `${bits}:${factor}`;
  if (plans.has(key)) return plans.get(key);
  const plan = choose(factor, bits);
  if (plans.size < 4096) plans.set(key, plan);
  return plan;
}

function choose(factor: bigint, bits: number): MultiplyPlan | undefined {
  const most = multiplyCost[bits] ?? 16;
  const limit = { cost: most, latency: most };
  let best = synthesize(factor, limit, bits);
  let variant: MultiplyPlan['variant'] = 'basic';
  const base = (): Cost => (isLess(best, most) ? best : limit);
  if (bits <= 32) {
    const negated = raised(synthesize(-factor, lowered(base(), ADD), bits), ADD);
    if (isCheaper(negated, best)) [best, variant] = [negated, 'negate'];
  }
  const added = raised(synthesize(factor - 1n, lowered(base(), ADD), bits), ADD);
  if (isCheaper(added, best)) [best, variant] = [added, 'add'];
  return best.steps !== undefined && isLess(best, most) ? { steps: best.steps, variant } : undefined;
}

function isLess(one: Cost, cost: number): boolean {
  return one.cost < cost || (one.cost === cost && one.latency < cost);
}

function isCheaper(one: Cost, other: Cost): boolean {
  return one.cost < other.cost || (one.cost === other.cost && one.latency < other.latency);
}

function lowered(limit: Cost, by: number, latency = by): Cost {
  return { cost: limit.cost - by, latency: limit.latency - latency };
}

function raised(one: Algorithm, by: number, latency = by): Algorithm {
  return { steps: one.steps, cost: one.cost + by, latency: one.latency + latency };
}

function shiftAddCost(log: number): number {
  return log <= 3 ? LEA : ADD + SHIFT;
}

function shiftSubCost(): number {
  return ADD + SHIFT;
}

function log2(value: bigint): number {
  return value.toString(2).length - 1;
}

function trailingZeros(value: bigint): number {
  let count = 0;
  for (let rest = value; rest !== 0n && (rest & 1n) === 0n; rest >>= 1n) count += 1;
  return count;
}

function synthesize(signed: bigint, limit: Cost, bits: number): Algorithm {
  const failed: Algorithm = { steps: undefined, cost: limit.cost + 1, latency: limit.latency + 1 };
  if (limit.cost < 0 || (limit.cost === 0 && limit.latency <= 0)) return failed;
  const t = BigInt.asUintN(bits, signed);
  if (t === 1n) return { steps: [], cost: 0, latency: 0 };
  if (t === 0n) return failed;
  let best: Cost = limit;
  let steps: readonly MultiplyStep[] | undefined;
  const attempt = (rest: bigint, step: MultiplyStep, cost: number, latency = cost, atLeast = 0): void => {
    const inner = synthesize(rest, lowered(best, cost, latency), bits);
    const sum = raised(inner, cost, latency);
    const whole = sum.latency < atLeast ? { ...sum, latency: atLeast } : sum;
    if (whole.steps === undefined || !isCheaper(whole, best)) return;
    best = { cost: whole.cost, latency: whole.latency };
    steps = [...whole.steps, step];
  };
  if ((t & 1n) === 0n) {
    const log = trailingZeros(t);
    const cost = Math.min(log * ADD, SHIFT);
    attempt(t >> BigInt(log), { op: 'shift', log }, cost);
    if (signed < 0n) attempt(signed >> BigInt(log), { op: 'shift', log }, cost);
  } else attemptNeighbours(signed, t, bits, attempt);
  attemptFactors(t, bits, attempt);
  if ((t & 1n) !== 0n) {
    const below = t - 1n;
    const logBelow = trailingZeros(below);
    if (below !== 0n && logBelow < bits) {
      attempt(below >> BigInt(logBelow), { op: 'add_t2_m', log: logBelow }, shiftAddCost(logBelow));
    }
    const above = BigInt.asUintN(64, t + 1n);
    const logAbove = trailingZeros(above);
    if (above !== 0n && logAbove < bits) {
      attempt((t + 1n) >> BigInt(logAbove), { op: 'sub_t2_m', log: logAbove }, shiftSubCost());
    }
  }
  return steps === undefined ? failed : { steps, cost: best.cost, latency: best.latency };
}

type Attempt = (rest: bigint, step: MultiplyStep, cost: number, latency?: number, atLeast?: number) => void;

function attemptNeighbours(signed: bigint, t: bigint, bits: number, attempt: Attempt): void {
  let w = 1n;
  while ((w & t) !== 0n) w <<= 1n;
  if (w > 2n && t !== 3n) attempt(t + 1n, { op: 'sub_t_m2', log: 0 }, ADD);
  else attempt(t - 1n, { op: 'add_t_m2', log: 0 }, ADD);
  const mirrored = BigInt.asUintN(64, 1n - signed);
  if (mirrored === 0n || (mirrored & (mirrored - 1n)) !== 0n) return;
  const log = log2(mirrored);
  if (log < bits) attempt(1n, { op: 'sub_t_m2', log }, ADD + SHIFT, ADD + SHIFT);
}

/** t = q * (2^m + 1) or q * (2^m - 1). */
function attemptFactors(t: bigint, bits: number, attempt: Attempt): void {
  for (let log = log2(t - 1n); log >= 2; log -= 1) {
    const power = 1n << BigInt(log);
    if (t % (power + 1n) === 0n && t > power + 1n && log < bits) {
      const cost = Math.min(ADD + SHIFT, shiftAddCost(log));
      attempt(t / (power + 1n), { op: 'add_factor', log }, cost, cost, cost);
      return;
    }
    if (t % (power - 1n) === 0n && t > power - 1n && log < bits) {
      const cost = shiftSubCost();
      attempt(t / (power - 1n), { op: 'sub_factor', log }, cost, cost, cost);
      return;
    }
  }
}
