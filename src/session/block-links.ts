/**
 * Which call freed the block of which call, told from the recorded events alone: pairs that a list of events can link,
 * and blocks that are still held when the run ends.
 */
import { changeOf, isFreedByLibc } from '../core/checks/heap-blocks.ts';
import type { BlockChange } from '../core/checks/heap-blocks.ts';
import type { EventView } from '../protocol/view-model.ts';
import type { BlockTimeline } from './block-timeline.ts';
import type { Recording } from './recording.ts';

/** What links an event to others; without members where it has to do with no block. */
export type EventLinks = Pick<EventView, 'freedBy' | 'allocatedBy'>;

/** What links an event of a complete recording to others. */
export function linksOf(recording: Recording, timeline: BlockTimeline, index: number): EventLinks {
  const event = recording.eventAt(index);
  if (event.kind !== 'malloc') return {};
  const { gone, made } = changeOf(event);
  const allocatedBy = gone === undefined ? undefined : allocationOf(timeline, gone, index);
  const freedBy = made === undefined ? undefined : releaseOf(recording, timeline, made, index);
  const isLost = made !== undefined && freedBy === undefined && !isFreedByLibc(event.caller);
  return {
    ...(freedBy !== undefined || isLost ? { freedBy: freedBy ?? 'never' } : {}),
    ...(allocatedBy === undefined ? {} : { allocatedBy }),
  };
}

/** The event that handed out what an event takes back; undefined for an address that no block was held at. */
function allocationOf(timeline: BlockTimeline, mem: number, index: number): number | undefined {
  const life = timeline.lifeOf(mem, index - 1);
  return life?.end === index ? life.begin : undefined;
}

/** The event that takes back what an event hands out. */
function releaseOf(
  recording: Recording,
  timeline: BlockTimeline,
  made: NonNullable<BlockChange['made']>,
  index: number,
): number | undefined {
  const end = timeline.lifeOf(made.start, index)?.end;
  const last = end === undefined ? undefined : recording.eventAt(end);
  // An allocator that was led astray hands out what is still held.
  return last?.kind === 'malloc' && changeOf(last).gone === made.start ? end : undefined;
}
