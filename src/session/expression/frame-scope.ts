/**
 * What C names mean in a frame: the objects that are in scope there, and where everything lies in the running process.
 */
import { walkStatement } from '../../core/image/tree-walk.ts';
import { inspectBytes } from '../../core/mm/inspect-bytes.ts';
import type { CodePosition } from '../../core/codegen/compiled-program.ts';
import type { CallFrame, Machine } from '../../core/process/machine.ts';
import type { FunctionSymbol, ObjectSymbol, TypedFunction } from '../../core/sema/typed-tree.ts';
import type { Span } from '../../core/source/text-span.ts';
import type { UnitAnalysis } from '../analysis.ts';
import type { BuiltProgram } from '../build.ts';
import type { Inspected } from './evaluate.ts';

/** A place where expressions can stand: a function at one of its positions, or file scope of the first unit. */
export interface ScopePlace {
  readonly unit: UnitAnalysis;
  readonly fn: TypedFunction | undefined;
  /** Outermost first. */
  readonly objects: readonly ObjectSymbol[];
}

/** What is in scope at a position of the program. */
export function scopeAt(program: BuiltProgram, position: CodePosition | undefined): ScopePlace | undefined {
  const compiled = position === undefined ? undefined : program.compiled.functions[position.functionIndex];
  for (const unit of program.analysis.units) {
    const fn = unit.unit.functions.find((one) => one.span === compiled?.span);
    if (fn !== undefined && position !== undefined)
      return { unit, fn, objects: objectsInScope(fn, position) };
  }
  const [unit] = program.analysis.units;
  return unit === undefined ? undefined : { unit, fn: undefined, objects: [] };
}

/** The objects of a function in scope at a position (C17 6.2.1p4), outermost first. */
export function objectsInScope(fn: TypedFunction, { span, role }: CodePosition): readonly ObjectSymbol[] {
  const at = span.expandedAt ?? span;
  const isAround = (whole: Span, end = whole.end): boolean =>
    whole.file === at.file && at.start >= whole.start && at.start <= end;
  const found: ObjectSymbol[] = [...fn.parameters];
  if (role === 'entry') return found;
  const add = (objects: readonly ObjectSymbol[]): void => {
    for (const object of objects) {
      const place = object.span.expandedAt ?? object.span;
      if (place.start < at.start || place.file !== at.file) found.push(object);
    }
  };
  walkStatement(fn.body, {
    statement: (statement) => {
      if (statement.kind === 'block' && isAround(statement.span, statement.closeSpan.end))
        add(statement.objects);
      if (statement.kind === 'for' && isAround(statement.span)) add(statement.objects);
    },
  });
  return found;
}

/** A process that stands still, as expressions in one of its frames see it. */
export function inspectedFrame(
  program: BuiltProgram,
  machine: Machine,
  place: ScopePlace,
  frame: CallFrame | undefined,
): Inspected {
  const { linked, image } = program.analysis;
  const bias = image.link === 'pie' || image.link === 'static-pie' ? machine.loaded.loadBias : 0;
  const layout = place.fn === undefined ? undefined : place.unit.layouts.get(place.fn);
  const linkedAddress = (what: ObjectSymbol | FunctionSymbol): number | undefined => {
    const addr = linked.addressOf(what);
    return addr === undefined ? undefined : addr + bias;
  };
  return {
    read: (addr, bytes) => inspectBytes(machine.memory, addr, bytes),
    functionAddress: linkedAddress,
    objectAddress: (object) => {
      if (object.storage === 'thread')
        return linked.addressOf(object) === undefined
          ? undefined
          : machine.loaded.threadPointer + linked.threadOffsetOf(object);
      if (object.storage !== 'automatic' || object.isConstantLocal === true) return linkedAddress(object);
      const offset = layout?.offsets.get(object);
      if (offset === undefined || frame === undefined) return undefined;
      return offset + (offset > 0 ? frame.argumentsFrom : frame.variablesFrom);
    },
  };
}
