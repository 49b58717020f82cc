/** What is written in a box: a name, and behind it what there is room for. */
import { unreachable } from '../../src/base/assert.ts';
import { bandText } from './bands.ts';
import { formatCount, formatSize } from '../layout/format.ts';
import type { Texts } from '../texts.ts';
import type { MemberView } from '../../src/protocol/view-model.ts';
import type { Box, FieldBox } from './scene.ts';

export interface Label {
  readonly title: string;
  readonly note: string;
}

/** The label of a box. */
export function labelOf(box: Box, texts: Texts): Label {
  switch (box.kind) {
    case 'region':
      return { title: texts.regions[box.region], note: formatSize(box.end - box.start) };
    case 'field':
      return fieldLabel(box, texts);
    case 'member':
      return memberLabel(box.member, texts);
    case 'area':
      return { title: box.area.name, note: formatSize(box.end - box.start) };
    case 'gap':
      return { title: texts.gap(formatSize(box.end - box.start)), note: '' };
    case 'row':
      break;
    default:
      return unreachable(box);
  }
  const { row } = box;
  const size = formatSize(row.end - row.start);
  switch (row.kind) {
    case 'mapping': {
      const { name, permissions } = row.mapping;
      const title = name === '' ? texts.anonymous : name.slice(name.lastIndexOf('/') + 1);
      return { title, note: `${permissions} · ${size}` };
    }
    case 'section':
      return { title: row.section.name, note: size };
    case 'object':
      return {
        title: row.object.value === undefined ? row.object.name : `${row.object.name} = ${row.object.value}`,
        note: `${row.object.type} · ${size}`,
      };
    case 'chunk':
      return {
        title: texts.chunkStates[row.chunk.state],
        note: `${size} · ${row.chunk.start}`,
      };
    case 'band':
      return row.band.of === 'mappings'
        ? { title: bandText(row.band, texts), note: size }
        : { title: texts.chunksTogether(formatCount(row.band.count)), note: size };
    case 'frame':
      return { title: `${row.frame.functionName}()`, note: size };
    case 'variable':
      return { title: `${row.variable.name} = ${row.variable.value}`, note: row.variable.type };
    default:
      return unreachable(row);
  }
}

function memberLabel({ kind, name, type, value, sizeBytes }: MemberView, texts: Texts): Label {
  if (kind === 'padding') return { title: texts.frameParts.padding, note: formatSize(BigInt(sizeBytes)) };
  const what = kind === 'bit-fields' ? texts.bitFields : type;
  return {
    title: `${name} = ${value}`,
    note: kind === 'alternative' ? `${what} · ${texts.memberOfUnion}` : what,
  };
}

/** The word as it is meant, and as it is stored where that is another one. */
function linkLabel({ link, name }: FieldBox, texts: Texts): Label {
  if (link === undefined) return { title: name, note: '' };
  return {
    title: `${name} = ${link.meant === '0x0' ? 'NULL' : link.meant}`,
    note: link.stored === link.meant ? '' : texts.storedAs(link.stored),
  };
}

function fieldLabel(box: FieldBox, texts: Texts): Label {
  const chunk =
    box.parent?.kind === 'row' && box.parent.row.kind === 'chunk' ? box.parent.row.chunk : undefined;
  const frame =
    box.parent?.kind === 'row' && box.parent.row.kind === 'frame' ? box.parent.row.frame : undefined;
  const size = formatSize(box.end - box.start);
  switch (box.field) {
    case 'prev-size':
      return { title: 'prev_size', note: chunk?.prevSizeWord ?? '' };
    case 'size':
      return { title: 'size', note: chunk === undefined ? '' : `${chunk.sizeWord} ${chunk.flags}` };
    case 'asked':
      if (box.typed === undefined) return { title: texts.asked(size), note: '' };
      return {
        title: `${box.typed.type} = ${box.typed.value}`,
        note: `${texts.pointedTo(box.typed.name)} · ${texts.asked(size)}`,
      };
    case 'slack':
      return { title: texts.slack, note: size };
    case 'link':
      return linkLabel(box, texts);
    case 'heap_info':
    case 'malloc_state':
      return { title: box.field, note: `${texts.arenaTitle(box.name)} · ${size}` };
    case 'dead':
      return { title: texts.frameParts.dead, note: size };
    case 'return-address':
      return {
        title: texts.frameParts['return-address'],
        note: [frame?.returnAddress ?? '', frame?.returnsTo ?? ''].join(' '),
      };
    case 'saved-base':
    case 'saved-register':
    case 'guard':
    case 'register-save-area':
    case 'hidden-result':
    case 'temporary':
    case 'padding':
      return { title: texts.frameParts[box.field], note: size };
    case 'out-of-scope':
      return { title: texts.outOfScope(box.name), note: size };
    default:
      return unreachable(box.field);
  }
}
