/**
 * Hover rows about pointers and memory from malloc: what a pointer may point to, and what a call asks glibc for.
 */
import type { Pointee } from '../core/sema/pointees.ts';
import { requestedBytes } from '../core/sema/pointees.ts';
import { operandsOf, walkStatement } from '../core/image/tree-walk.ts';
import { asPointer, resolve, sizeOf } from '../core/sema/type-relations.ts';
import type { ObjectSymbol, TypedExpression, TypedFunction } from '../core/sema/typed-tree.ts';
import type { TargetName } from '../core/target/data-model.ts';
import { sayEditor } from '../core/text/editor-texts.ts';
import type { Text } from '../core/text/text.ts';
import { forecastAllocation } from './allocation-forecast.ts';
import type { HoverIndex } from './hover-index.ts';
import { bytesText } from './hover-rows.ts';
import type { HoverRow } from './hover-rows.ts';

/** Functions that give memory, and what a hover can say about a call of them. */
export const allocators: ReadonlySet<string> = new Set(['malloc', 'calloc', 'realloc', 'reallocarray']);

/** Most targets that a hover lists. */
const mostTargets = 6;

/** Rows about what a pointer variable may point to. */
export function pointeeRows(index: HoverIndex, object: ObjectSymbol, target: TargetName): HoverRow[] {
  if (asPointer(resolve(object.type.type)) === undefined) return [];
  const targets = index.pointees(object);
  const known = targets.filter(({ kind }) => kind !== 'unknown');
  const label = sayEditor('editor.label.pointsTo');
  // With nothing known there is nothing to say.
  if (known.length === 0) return [];
  const texts = known.slice(0, mostTargets).map((one) => pointeeText(one, target));
  if (targets.length > known.length) texts.push(sayEditor('editor.points.unknown'));
  return texts.map((value, at) => ({ label: at === 0 ? label : undefined, value }));
}

function pointeeText(pointee: Pointee, target: TargetName): Text {
  switch (pointee.kind) {
    case 'null':
      return sayEditor('editor.points.null');
    case 'unknown':
      return sayEditor('editor.points.unknown');
    case 'object': {
      const bytes = sizeOf(pointee.object.type.type);
      const name = pointee.object.name;
      if (name === '') return sayEditor(`editor.points.literal.${stackOrStatic(pointee.segment)}`);
      return bytes === undefined
        ? sayEditor('editor.points.object', { name, segment: segmentWord(pointee.segment) })
        : sayEditor('editor.points.objectOf', {
            name,
            bytes,
            segment: segmentWord(pointee.segment),
          });
    }
    case 'string':
      return sayEditor('editor.points.string', { bytes: pointee.literal.bytes.length });
    case 'function':
      return sayEditor('editor.points.function', { name: pointee.name });
    case 'allocated':
      return allocatedText(pointee, target);
  }
}

const stackOrStatic = (segment: string): 'stack' | 'static' => (segment === 'stack' ? 'stack' : 'static');

/** The section or area by its usual name, the same in all languages. */
function segmentWord(segment: string): string {
  switch (segment) {
    case 'rodata':
      return '.rodata';
    case 'data':
      return '.data';
    case 'bss':
      return '.bss';
    case 'text':
      return '.text';
    case 'tls':
      return 'TLS';
    default:
      return segment;
  }
}

function allocatedText(pointee: Pointee & { kind: 'allocated' }, target: TargetName): Text {
  const { by, bytes } = pointee;
  if (pointee.segment === 'stack') return sayEditor('editor.points.alloca');
  if (pointee.segment === 'mmap') {
    return bytes === undefined
      ? sayEditor('editor.points.mmap', { by })
      : sayEditor('editor.points.mmapOf', { by, bytes });
  }
  if (bytes === undefined) return sayEditor('editor.points.heap', { by });
  switch (areaOfBlock(pointee, target)) {
    case 'heap':
      return sayEditor('editor.points.heapOf', { by, bytes });
    case 'mmap':
      return sayEditor('editor.points.heapMapped', { by, bytes });
    case 'heap unless mapped before':
      return sayEditor('editor.points.reallocOf', { by, bytes });
    case undefined:
      return sayEditor('editor.points.heap', { by });
  }
}

/** Where a block from malloc lies. A mapping that `realloc` makes smaller stays a mapping (malloc/malloc.c: mremap_chunk). */
export type BlockArea = 'heap' | 'mmap' | 'heap unless mapped before';

/** Where a block lies while the threshold is the one at start; undefined where the size is not known. */
export function areaOfBlock(
  { by, bytes }: Pointee & { kind: 'allocated' },
  target: TargetName,
): BlockArea | undefined {
  const forecast = bytes === undefined || !allocators.has(by) ? undefined : forecastAllocation(bytes, target);
  if (forecast === undefined) return undefined;
  if (forecast.mappedBytes !== undefined) return 'mmap';
  return by.startsWith('realloc') ? 'heap unless mapped before' : 'heap';
}

/** Rows about a call of the malloc family, where its name stands at an offset. */
export function allocationRows(
  fn: TypedFunction | undefined,
  name: string,
  offset: number,
  target: TargetName,
): HoverRow[] {
  if (fn === undefined || !allocators.has(name)) return [];
  const call = callAt(fn, offset);
  const bytes = call === undefined ? undefined : requestedBytes(call);
  if (call === undefined) return [];
  if (bytes === undefined)
    return [{ label: sayEditor('editor.label.request'), value: sayEditor('editor.request.unknown') }];
  const forecast = forecastAllocation(bytes, target);
  if (forecast === undefined)
    return [{ label: sayEditor('editor.label.request'), value: sayEditor('editor.request.refused') }];
  const { chunkBytes, usableBytes, mappedBytes, fitsTcache } = forecast;
  const rows: HoverRow[] = [
    { label: sayEditor('editor.label.request'), value: bytesText(bytes) },
    {
      label: sayEditor('editor.label.chunk'),
      value: sayEditor('editor.chunk', {
        bytes: chunkBytes,
        hex: `0x${chunkBytes.toString(16)}`,
        usable: usableBytes,
      }),
    },
    {
      label: sayEditor('editor.label.from'),
      value:
        mappedBytes === undefined
          ? sayEditor(name.startsWith('realloc') ? 'editor.from.heapOrMapping' : 'editor.from.heap')
          : sayEditor('editor.from.mmap', { bytes: mappedBytes, pages: mappedBytes / 4096 }),
    },
  ];
  if (mappedBytes === undefined) {
    rows.push({
      label: sayEditor('editor.label.freed'),
      value: sayEditor(fitsTcache ? 'editor.freed.tcache' : 'editor.freed.unsorted', { bytes: chunkBytes }),
    });
  } else rows.push({ label: sayEditor('editor.label.freed'), value: sayEditor('editor.freed.munmap') });
  return rows;
}

/** The call in a function whose callee is written at an offset. */
function callAt(fn: TypedFunction, offset: number): (TypedExpression & { kind: 'call' }) | undefined {
  let found: (TypedExpression & { kind: 'call' }) | undefined;
  walkStatement(fn.body, {
    expression: (node) => {
      if (node.kind !== 'call') return;
      const { file, start, end } = node.callee.span;
      if (file === 0 && start <= offset && offset < end) found = node;
    },
  });
  return found;
}

/** The access whose member name is written at an offset. */
export function memberAccessAt(
  fn: TypedFunction,
  offset: number,
): (TypedExpression & { kind: 'member' }) | undefined {
  let found: (TypedExpression & { kind: 'member' }) | undefined;
  walkStatement(fn.body, {
    expression: (node) => {
      if (node.kind !== 'member') return;
      const { file, start, end } = node.memberSpan;
      if (file === 0 && start <= offset && offset < end) found ??= node;
    },
  });
  return found;
}

/** Where an access begins: the object that it is a part of, with the offset in it; or the pointer variable it goes through. */
export type AccessRoot =
  | { readonly kind: 'object'; readonly object: ObjectSymbol; readonly offset: number }
  | { readonly kind: 'pointer'; readonly object: ObjectSymbol };

/** Follows an access to its root; `undefined` where that is neither an object nor a plain pointer variable. */
export function rootOf(access: TypedExpression): AccessRoot | undefined {
  let node = access;
  let offset = 0;
  for (;;) {
    switch (node.kind) {
      case 'member':
        offset += node.offset;
        node = node.base;
        break;
      case 'object':
        return { kind: 'object', object: node.object, offset };
      case 'deref': {
        const pointer = pointerVariable(node.operand);
        return pointer === undefined ? undefined : { kind: 'pointer', object: pointer };
      }
      default:
        return undefined;
    }
  }
}

/** The variable whose value a pointer expression is, with or without an offset. */
function pointerVariable(node: TypedExpression): ObjectSymbol | undefined {
  if (node.kind === 'convert' && node.conversion === 'load')
    return node.operand.kind === 'object' ? node.operand.object : undefined;
  if (node.kind === 'pointer-add') return pointerVariable(node.pointer);
  if (node.kind === 'convert' && node.conversion === 'pointer') {
    const [operand] = operandsOf(node);
    return operand === undefined ? undefined : pointerVariable(operand);
  }
  return undefined;
}
