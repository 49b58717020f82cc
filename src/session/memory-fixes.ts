/**
 * Changes to the text that mend what the checks of a run found. Each is offered only where the typed tree shows the
 * mistake exactly, and where the change cannot make anything else wrong; else there is none.
 */
import { asPointer, resolve, sizeOf } from '../core/sema/type-relations.ts';
import type { ObjectSymbol, TypedExpression } from '../core/sema/typed-tree.ts';
import { sayCheck } from '../core/text/check-texts.ts';
import type { Text } from '../core/text/text.ts';
import type { LeakView, MistakeView } from '../protocol/messages.ts';
import type { UnitAnalysis } from './analysis.ts';
import { allocationIn, isOfText, libraryCallee, withoutConversions } from './allocation-site.ts';
import type { Allocation } from './allocation-site.ts';
import { insertFree } from './insert-free.ts';

/** A change: text that is put in at an offset of the document. */
export interface MemoryFix {
  readonly title: Text;
  readonly offset: number;
  readonly text: string;
}

/** What mends an overflow, where that is sure. */
export function overflowFix(unit: UnitAnalysis, mistake: MistakeView): MemoryFix | undefined {
  const { kind, allocatedAt, block, address, end } = mistake;
  if (kind !== 'heap-overflow' || allocatedAt === undefined || block === undefined) return undefined;
  const allocation = allocationIn(unit, allocatedAt.line);
  if (allocation === undefined) return undefined;
  const behind = Number(block.start) + block.bytes;
  const isTerminator = Number(address) === behind && Number(end) === behind + 1;
  const bytesUsed = Number(end) - Number(block.start);
  return (
    (isTerminator ? terminatorFix(unit, allocation) : undefined) ??
    sizeofFix(unit, allocation, block.bytes, bytesUsed)
  );
}

/** What frees a lost block, where that is sure. */
export function leakFix(unit: UnitAnalysis, leak: LeakView): MemoryFix | undefined {
  if (leak.kind !== 'definite' || leak.place === undefined) return undefined;
  const allocation = allocationIn(unit, leak.place.line);
  const insertion = allocation === undefined ? undefined : insertFree(unit, allocation);
  if (allocation?.object === undefined || insertion === undefined) return undefined;
  const names = { name: allocation.object.name, function: allocation.fn.symbol.name };
  return { title: sayCheck('check.fix.free', names), ...insertion };
}

/** `malloc(strlen(s))` → `malloc(strlen(s) + 1)` */
function terminatorFix(unit: UnitAnalysis, { call, name }: Allocation): MemoryFix | undefined {
  const [first] = call.args;
  if (name !== 'malloc' || first === undefined) return undefined;
  const length = withoutConversions(first);
  if (libraryCallee(length) !== 'strlen' || !isOfText(length.span)) return undefined;
  const offset = unit.places.toDocument(length.span.end - 1) + 1;
  if (unit.places.text[offset - 1] !== ')') return undefined;
  return { title: sayCheck('check.fix.terminator'), offset, text: ' + 1' };
}

/** `p = malloc(sizeof p)` → `p = malloc(sizeof *p)`, where what was used fits then. */
function sizeofFix(
  unit: UnitAnalysis,
  { call, name, object }: Allocation,
  bytes: number,
  bytesUsed: number,
): MemoryFix | undefined {
  const argument = name === 'malloc' ? call.args[0] : name === 'calloc' ? call.args[1] : undefined;
  const pointer = object === undefined ? undefined : asPointer(resolve(object.type.type));
  if (object === undefined || argument === undefined || pointer === undefined) return undefined;
  const pointerBytes = sizeOf(object.type.type) ?? 0;
  const targetBytes = sizeOf(pointer.target.type) ?? 0;
  if (pointerBytes === 0 || targetBytes <= pointerBytes) return undefined;
  if (bytesUsed > (bytes / pointerBytes) * targetBytes) return undefined;
  const factors = factorsOf(argument).flatMap((factor) => sizeofOperand(unit, factor, object) ?? []);
  const [offset] = factors;
  if (factors.length !== 1 || offset === undefined) return undefined;
  return { title: sayCheck('check.fix.sizeof', { name: object.name }), offset, text: '*' };
}

function factorsOf(node: TypedExpression): readonly TypedExpression[] {
  const inner = withoutConversions(node);
  return inner.kind === 'arithmetic' && inner.operator === '*'
    ? [...factorsOf(inner.left), ...factorsOf(inner.right)]
    : [inner];
}

/** Offset in the document of the name in `sizeof name`, `sizeof(name)`. */
function sizeofOperand(unit: UnitAnalysis, node: TypedExpression, object: ObjectSymbol): number | undefined {
  if (node.kind !== 'integer' || !isOfText(node.span)) return undefined;
  const start = unit.places.toDocument(node.span.start);
  const end = unit.places.toDocument(node.span.end - 1) + 1;
  const text = unit.places.text.slice(start, end);
  const [, before = '', name] =
    /^(sizeof\s*(?:\(\s*)?)([\p{L}_$][\p{L}\p{N}_$]*)(?:\s*\))?$/u.exec(text) ?? [];
  if (name !== object.name) return undefined;
  const at = node.span.start + before.length;
  // The name may be that of another variable, or of a type.
  const use = unit.unit.uses.find(({ span }) => span.file === 0 && span.start === at);
  return use?.symbol === object ? start + before.length : undefined;
}
