/**
 * The program as a tree: segment → section → object, and the stack frames of its functions, with sizes and addresses.
 *
 * Source: System V ABI, chapter 4 (sections); the sizes of segments are those that `size -A` adds up.
 */
import type { ImageSection } from '../core/image/program-image.ts';
import type { Placement, Segment } from '../core/sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol, StringLiteral, TypedFunction } from '../core/sema/typed-tree.ts';
import type { Text } from '../core/text/text.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';
import { executableJson } from './executable-json.ts';
import { isFrameModelled } from './known-frames.ts';

type Render = (text: Text) => string;

/** Where a node's name is written: offsets in the document of a unit. */
export interface TreePlace {
  readonly unit: number;
  readonly start: number;
  readonly end: number;
}

/** A variable, function or literal. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly what: Placement['kind'];
  readonly segment: Segment;
  readonly name: string;
  /** Function that it belongs to; undefined at file scope. */
  readonly scope: string | undefined;
  /** Bytes; undefined where only a run can tell (VLA). */
  readonly size: number | undefined;
  /** Link-time address, or bytes from the frame base for what lies in a frame. */
  readonly address: number | undefined;
  readonly place: TreePlace | undefined;
  /** Why it lies there, in the reader's language. */
  readonly reason: string;
}

/** A section of the linked program. */
export interface SectionNode {
  readonly kind: 'section';
  readonly segment: Segment;
  readonly name: string;
  readonly size: number;
  readonly address: number;
  readonly objects: readonly ObjectNode[];
  /** Bytes that no object of the source accounts for: start-up files, the linker's own tables, padding. */
  readonly otherBytes: number;
}

/** Sections of a segment that hold nothing of the source: they come from the start-up files and the linker. */
export interface OthersNode {
  readonly kind: 'others';
  readonly segment: Segment;
  readonly size: number;
  readonly sections: readonly SectionNode[];
}

/** The frame of one function. */
export interface FrameNode {
  readonly kind: 'frame';
  readonly segment: 'stack';
  readonly name: string;
  /** Bytes of one call, return address and saved frame pointer included; undefined where that is not modelled. */
  readonly size: number | undefined;
  readonly place: TreePlace | undefined;
  readonly objects: readonly ObjectNode[];
}

/** A segment with its sections, or the stack with the frames that calls would make. */
export interface SegmentNode {
  readonly kind: 'segment';
  readonly segment: Segment;
  /** Bytes of the sections; undefined for the stack, which grows as functions are called. */
  readonly size: number | undefined;
  /** Those with objects of the source. */
  readonly sections: readonly SectionNode[];
  readonly others: OthersNode | undefined;
  readonly frames: readonly FrameNode[];
}

/** A node of the tree. */
export type TreeNode = SegmentNode | SectionNode | OthersNode | FrameNode | ObjectNode;

/** Segments in the order of the address space. */
const segmentOrder: readonly Segment[] = ['text', 'rodata', 'tls', 'data', 'bss'];

/** Builds the tree of a program. */
export function segmentTree(analysis: ProgramAnalysis, render: Render): readonly SegmentNode[] {
  const objects = objectsBySection(analysis, render);
  const segmentOf = new Map(
    executableJson(analysis).sections.map(({ address, name, segment }) => [`${name}@${address}`, segment]),
  );
  const sections = analysis.image.sections.map((section): SectionNode => {
    const segment = segmentOf.get(`${section.name}@${section.addr}`) ?? 'none';
    return sectionNode(section, segment, objects.get(section.name) ?? []);
  });
  const tree = segmentOrder.flatMap((segment): SegmentNode[] => {
    const own = sections.filter((section) => section.segment === segment && section.size > 0);
    if (own.length === 0) return [];
    const others = own.filter(({ objects: held }) => held.length === 0);
    return [
      {
        kind: 'segment',
        segment,
        size: sizeOf(own),
        sections: own.filter(({ objects: held }) => held.length > 0),
        others:
          others.length === 0
            ? undefined
            : { kind: 'others', segment, size: sizeOf(others), sections: others },
        frames: [],
      },
    ];
  });
  const frames = frameNodes(analysis, render);
  return frames.length === 0
    ? tree
    : [
        ...tree,
        { kind: 'segment', segment: 'stack', size: undefined, sections: [], others: undefined, frames },
      ];
}

const sizeOf = (sections: readonly SectionNode[]): number =>
  sections.reduce((sum, { size }) => sum + size, 0);

function sectionNode(section: ImageSection, segment: Segment, objects: readonly ObjectNode[]): SectionNode {
  const known = objects.reduce((sum, object) => sum + (object.size ?? 0), 0);
  return {
    kind: 'section',
    segment,
    name: section.name,
    size: section.size,
    address: section.addr,
    objects,
    otherBytes: Math.max(0, section.size - known),
  };
}

function objectsBySection(analysis: ProgramAnalysis, render: Render): Map<string, ObjectNode[]> {
  const bySection = new Map<string, ObjectNode[]>();
  const literals = new Set<number>();
  analysis.units.forEach((unit, index) => {
    for (const placement of unit.placements) {
      const { section, storage } = placement;
      if (section === undefined || section === 'UND' || storage === 'declared-only') continue;
      const node = staticNode(analysis, unit, index, placement, render);
      if (node.address === undefined) continue;
      // Equal literals are one object.
      if (placement.kind === 'string') {
        if (literals.has(node.address)) continue;
        literals.add(node.address);
      }
      const list = bySection.get(section);
      if (list === undefined) bySection.set(section, [node]);
      else list.push(node);
    }
  });
  return bySection;
}

function staticNode(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  index: number,
  placement: Placement,
  render: Render,
): ObjectNode {
  const { of, segment, scope, reason } = placement;
  const isFunction = 'kind' in of && of.kind === 'function';
  const fn = isFunction ? unit.functionOf.get(of) : undefined;
  const size =
    fn === undefined ? (placement.symbolSize ?? placement.size) : analysis.linked.codeMaps.get(fn)?.size;
  return {
    kind: 'object',
    what: placement.kind,
    segment,
    name: placement.name,
    scope: scope === 'file' ? undefined : scope,
    size,
    address: isFunction && fn === undefined ? undefined : analysis.linked.addressOf(of),
    place: placeOf(unit, index, of),
    reason: render(reason),
  };
}

/** Where something is written in the document; undefined for what a header or another file of the unit declares. */
function placeOf(
  unit: UnitAnalysis,
  index: number,
  of: ObjectSymbol | FunctionSymbol | StringLiteral,
): TreePlace | undefined {
  const span = of.span.file === 0 ? of.span : of.span.expandedAt;
  if (span?.file !== 0) return undefined;
  return {
    unit: index,
    start: unit.places.toDocument(span.start),
    end: unit.places.toDocument(span.end - 1) + 1,
  };
}

function frameNodes(analysis: ProgramAnalysis, render: Render): FrameNode[] {
  const { compile } = analysis.options;
  const word = compile.target === 'i386' ? 4 : 8;
  if (compile.optimize > 0) return [];
  return analysis.units.flatMap((unit, index) =>
    unit.unit.functions
      .filter((fn) => analysis.linked.codeMaps.has(fn))
      .map((fn): FrameNode => {
        const isModelled = isFrameModelled(analysis, unit, fn.symbol);
        const layout = unit.layouts.get(fn);
        return {
          kind: 'frame',
          segment: 'stack',
          name: fn.symbol.name,
          size: isModelled && layout !== undefined ? layout.frameSize + 2 * word : undefined,
          place: placeOf(unit, index, fn.symbol),
          objects: localNodes(unit, index, fn, isModelled, render),
        };
      }),
  );
}

function localNodes(
  unit: UnitAnalysis,
  index: number,
  fn: TypedFunction,
  isModelled: boolean,
  render: Render,
): ObjectNode[] {
  const offsets = unit.layouts.get(fn)?.offsets;
  return [...fn.parameters, ...fn.locals].flatMap((object): ObjectNode[] => {
    const placement = unit.placementOf.get(object);
    if (placement?.segment !== 'stack' || object.name === '') return [];
    return [
      {
        kind: 'object',
        what: placement.kind,
        segment: 'stack',
        name: object.name,
        scope: fn.symbol.name,
        size: placement.size,
        address: isModelled ? offsets?.get(object) : undefined,
        place: placeOf(unit, index, object),
        reason: render(placement.reason),
      },
    ];
  });
}
