/**
 * `maps`: the address space at a moment: /proc/self/maps, smaps, status, the regions of the whole space, a page walk.
 */
import { formatMapsLine, mapsLines, vmaLine } from '../core/process/proc-maps.ts';
import { formatSmaps, formatSmapsRollup, smapsCounts, vmFlags } from '../core/process/proc-smaps.ts';
import { formatStatus, memoryStatus } from '../core/process/proc-status.ts';
import type { PageWalkView } from '../protocol/view-model.ts';
import { pageTablesView, pageWalkView, regionViews } from '../session/address-space-views.ts';
import type { Session } from '../session/session.ts';
import { table } from './output.ts';
import type { CommandResult } from './segments-command.ts';
import { openRun } from './session-commands.ts';
import type { CommandLine } from './usage.ts';

/** The address space at a moment. */
export function mapsCommand(line: CommandLine): CommandResult {
  const { session, stderr } = openRun(line);
  if (session === undefined) return { stdout: '', stderr, status: 1 };
  const { walk } = line;
  const stdout = walk === undefined ? fileText(session, line) : walkText(session, walk, line);
  return { stdout, stderr, status: 0 };
}

function fileText(session: Session, line: CommandLine): string {
  if (line.json) return `${JSON.stringify(asData(session, line), undefined, 2)}\n`;
  const { machine } = session;
  switch (line.mapsFile) {
    case 'maps':
      return session.maps();
    case 'smaps':
      return formatSmaps(machine);
    case 'smaps_rollup':
      return formatSmapsRollup(machine);
    case 'status':
      return formatStatus(machine);
    case 'regions':
      return regionsText(session, line);
  }
}

/** What every part of the space is for. */
function regionsText(session: Session, line: CommandLine): string {
  const regions = regionViews(session.machine.memory.profile, line.language);
  const digits = (addr: bigint): string => addr.toString(16).padStart(16, '0');
  return regions
    .map(({ start, end, name, text }) => {
      // With the last address, as the kernel's documentation writes them.
      const range = `${digits(BigInt(start))}-${digits(BigInt(end) - 1n)}`;
      return `${range}  ${name.padEnd(14)}  ${text}\n`;
    })
    .join('');
}

/** Everything about the address space, for `--json`. */
function asData(session: Session, line: CommandLine): unknown {
  const { machine } = session;
  const { memory } = machine;
  const hex = (value: number): string => `0x${value.toString(16)}`;
  return {
    event: session.index,
    mappings: memory.addressSpace.vmas.map((vma) => {
      const { start, end, permissions, offset, device, inode, name } = vmaLine(memory, vma);
      return {
        start: hex(start),
        end: hex(end),
        permissions,
        offset: hex(offset),
        device,
        inode,
        name,
        kilobytes: smapsCounts(memory, vma),
        vmFlags: vmFlags(vma).trimEnd().split(' '),
      };
    }),
    // The page of the vsyscall interface is no mapping of the process.
    gate: mapsLines(memory)
      .slice(memory.addressSpace.mapCount)
      .map((gate) => formatMapsLine(gate, memory.profile)),
    status: memoryStatus(memory),
    faults: { minor: memory.counters.minflt, major: memory.counters.majflt },
    pageTables: pageTablesView(machine),
    regions: regionViews(memory.profile, line.language),
  };
}

function walkText(session: Session, addr: bigint, line: CommandLine): string {
  const walk = pageWalkView(session.machine, addr, line.language);
  if (line.json) return `${JSON.stringify(walk, undefined, 2)}\n`;
  const rows = walk.steps.map((step) => [
    step.level,
    `${String(step.highBit)}..${String(step.lowBit)}`,
    String(step.index),
    sizeText(step.covers),
    stepText(walk, step),
  ]);
  const lines = [
    `${walk.address} (${walk.mode}), offset 0x${walk.offset.toString(16)}`,
    table([['level', 'bits', 'index', 'covers', 'entry'], ...rows]).trimEnd(),
  ];
  if (walk.frame !== undefined) {
    const access = walk.isWritable ? 'writable' : 'read-only';
    lines.push(`page frame ${walk.frame}: ${walk.state}, ${access}${walk.isHuge ? ', huge' : ''}`);
  }
  lines.push(walk.mapping ?? `${walk.region?.name ?? '?'}: ${walk.region?.text ?? ''}`);
  return `${lines.join('\n')}\n`;
}

function stepText(walk: PageWalkView, step: PageWalkView['steps'][number]): string {
  if (!step.hasTable) return 'no table';
  if (step.isPresent) return step.level === 'PTE' || walk.isHuge ? 'page' : 'table';
  return walk.region?.owner === 'user' ? 'empty' : 'of the kernel';
}

function sizeText(bytes: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${String(size)} ${units[unit] ?? ''}`;
}
