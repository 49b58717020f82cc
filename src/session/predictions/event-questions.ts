/**
 * Questions about an event of any program: what will the call return, where will the block go, will the heap grow, how
 * many page faults. The run is taken back to before the event; the right answer is what the run did, wrong ones follow
 * rules that one might believe.
 */
import { inspectArena } from '../../core/malloc/inspect.ts';
import type { ArenaInfo } from '../../core/malloc/inspect.ts';
import { renderText } from '../../core/text/all-texts.ts';
import { sayPrediction } from '../../core/text/prediction-texts.ts';
import type { predictionTexts } from '../../core/text/prediction-texts.ts';
import { saySession } from '../../core/text/session-texts.ts';
import type { Language, TextArguments } from '../../core/text/text.ts';
import type { FaultCause, MallocEvent, PageFaultEvent, TraceEvent } from '../../core/trace/trace-event.ts';
import type { NumberForm, Question, Solution } from '../../protocol/lessons.ts';
import { EventViews, hex, spellEvent } from '../event-views.ts';
import { chooseAmong, spellSolution } from '../lessons/lesson-run.ts';
import { goToMoment, momentOf } from '../lessons/moments.ts';
import type { Session } from '../session.ts';

type Key = keyof typeof predictionTexts;

/** What can be asked about an event. */
export type EventAsk = 'result' | 'kernel' | 'faults' | 'destination' | 'cause';

/** Chunks that are looked at to make up wrong answers. */
const mostChunks = 4000;

/** Functions that return a block. */
const givesBlock: ReadonlySet<string> = new Set([
  'malloc',
  'calloc',
  'realloc',
  'reallocarray',
  'memalign',
  'aligned_alloc',
  'valloc',
  'pvalloc',
]);

/** The questions about the event that is shown, or the next one that can be asked about; what is shown stays. */
export function questionsHere(session: Session, language: Language): readonly Question[] {
  const { recording } = session;
  // At a step, the event that is shown is behind.
  for (let index = session.index + (session.isAtStep ? 1 : 0); index < recording.count; index++) {
    const about = recording.parentAt(index) ?? index;
    const asks = asksAbout(session, about);
    if (asks.length > 0) return asks.map((ask) => askAboutEvent(session, about, ask, language));
  }
  return [];
}

/** What can be asked about an event. */
export function asksAbout({ recording }: Session, index: number): readonly EventAsk[] {
  const event = recording.eventAt(index);
  if (event.kind === 'page-fault') return recording.parentAt(index) === undefined ? ['cause'] : [];
  if (event.kind !== 'malloc') return [];
  if (givesBlock.has(event.name)) return ['result', 'kernel', 'faults'];
  if (event.name === 'free' && (event.args[0] ?? 0) !== 0) return ['destination', 'kernel'];
  return event.name === 'malloc_trim' ? ['kernel'] : [];
}

/** One question about an event; what the session shows stays as it is. */
export function askAboutEvent(
  session: Session,
  index: number,
  ask: EventAsk,
  language: Language,
  text?: string,
): Question {
  const shown = momentOf(session);
  const { recording } = session;
  const event = recording.eventAt(index);
  const before = Math.max(0, recording.sinceAt(index) - 1);
  try {
    const say = (key: Key, args?: TextArguments): string => renderText(sayPrediction(key, args), language);
    const asked: AskedEvent = { session, index, before, language, say };
    session.seek(index);
    const because = (session.snapshot(language).event?.detail ?? '').split('\n').filter((one) => one !== '');
    const args = { call: spellCall(event, language) };
    const solution =
      event.kind === 'malloc'
        ? solveCall(asked, event, ask)
        : event.kind === 'page-fault'
          ? solveFault(asked, event)
          : undefined;
    if (solution === undefined)
      throw new RangeError(`nothing of this kind can be asked about event ${String(index)}`);
    return {
      text: text ?? say(`prediction.ask.${ask}`, args),
      solution,
      answer: spellSolution(solution, language),
      because,
      before,
      reveal: index,
      place: new EventViews(session.program, recording).placeOf(recording.positionAt(index)),
    };
  } finally {
    goToMoment(session, shown);
  }
}

interface AskedEvent {
  readonly session: Session;
  readonly index: number;
  /** Index of the last event before the call began. */
  readonly before: number;
  readonly language: Language;
  readonly say: (key: Key, args?: TextArguments) => string;
}

/** The call without what came of it. */
function spellCall(event: TraceEvent, language: Language): string {
  if (event.kind === 'page-fault')
    return renderText(saySession(`session.access.${event.access}`, { addr: hex(event.addr) }), language);
  return spellEvent(event, language).text.replace(/ = .*$/, '');
}

function solveCall(asked: AskedEvent, event: MallocEvent, ask: EventAsk): Solution | undefined {
  switch (ask) {
    case 'result':
      return solveResult(asked, event);
    case 'kernel':
      return solveKernel(asked, event);
    case 'faults':
      return { kind: 'number', value: String(countInside(asked, 'page-fault')), form: 'count' };
    case 'destination':
      return solveDestination(asked, event);
    case 'cause':
      return undefined;
  }
}

/** Addresses that other rules would give: the top, first and last of the cached ones, without a header, right behind. */
function solveResult({ session, before, index }: AskedEvent, event: MallocEvent): Solution {
  session.seek(index);
  const words = 2 * session.machine.malloc.state.SIZE_SZ;
  session.seek(before);
  const { state } = session.machine.malloc;
  const arena = inspectArena(state, mostChunks);
  const [bytes = 0] = event.args;
  const size = Math.max(4 * state.SIZE_SZ, Math.ceil((bytes + state.SIZE_SZ) / words) * words);
  const cached = sameSize(arena, size);
  const candidates = [
    ...cached,
    ...(arena.ready ? [arena.top + words] : []),
    ...arena.unsorted.chunks.slice(0, 1).map((chunk) => chunk + words),
    event.result - words,
    ...lastResult(session, before),
    event.result + size,
    event.result + 4096,
  ];
  const wrong = [...new Set(candidates)].filter((one) => one > 0 && one !== event.result).slice(0, 3);
  return chooseAmong([event.result, ...wrong].map((addr) => (addr === 0 ? 'NULL' : hex(addr))));
}

/** Blocks of freed chunks of a size: first and last of the list of the cache, first of the fast bin. */
function sameSize(arena: ArenaInfo, size: number): readonly number[] {
  const mems = arena.chunks
    .filter((chunk) => (chunk.state === 'tcache' || chunk.state === 'fastbin') && chunk.size === size)
    .map(({ mem }) => mem);
  const [lowest] = mems;
  const highest = mems.at(-1);
  return [lowest, highest].filter((mem) => mem !== undefined);
}

/** What the last call returned, moved on by what was asked for: as if blocks had no headers. */
function lastResult({ recording }: Session, before: number): readonly number[] {
  for (let index = before; index >= 0; index--) {
    const event = recording.eventAt(index);
    if (event.kind === 'malloc' && givesBlock.has(event.name) && event.result !== 0)
      return [event.result + (event.args[0] ?? 0)];
  }
  return [];
}

/** What the kernel can be asked for, what says most about a call first. */
const kernelAnswers = ['mremap', 'madvise', 'mmap', 'munmap', 'brk', 'nothing'] as const;
type KernelAnswer = (typeof kernelAnswers)[number];

/** What the kernel is asked for during a call. */
function solveKernel({ session: { recording }, index, say }: AskedEvent, event: MallocEvent): Solution {
  const names = new Set<string>();
  for (let inside = event.since; inside < index; inside++) {
    const one = recording.eventAt(inside);
    if (one.kind === 'syscall') names.add(one.name === 'mmap2' ? 'mmap' : one.name);
  }
  const key = kernelAnswers.find((name) => names.has(name)) ?? 'nothing';
  const frees = event.name === 'free' || event.name === 'malloc_trim';
  const wrong: readonly KernelAnswer[] = frees
    ? ['nothing', 'munmap', 'brk', 'madvise']
    : ['nothing', 'mmap', 'brk', 'mremap'];
  return chooseAmong(
    [key, ...wrong.filter((one) => one !== key)].slice(0, 4).map((one) => say(`prediction.kernel.${one}`)),
  );
}

function countInside({ session: { recording }, index }: AskedEvent, kind: 'page-fault'): number {
  let count = 0;
  for (let inside = recording.sinceAt(index); inside < index; inside++)
    if (recording.kindAt(inside) === kind) count += 1;
  return count;
}

const destinations = ['tcache', 'fastbin', 'unsorted', 'top', 'munmap'] as const;

/** Where a freed block goes, told from the heap before and after. */
function solveDestination(
  { session, index, before, say }: AskedEvent,
  event: MallocEvent,
): Solution | undefined {
  const [mem = 0] = event.args;
  session.seek(before);
  const isMapped =
    ((session.machine.memory.peek(mem - session.machine.malloc.state.SIZE_SZ, 1)?.[0] ?? 0) & 2) !== 0;
  session.seek(index);
  const arena = inspectArena(session.machine.malloc.state, mostChunks);
  const chunk = arena.chunks.find(({ addr, size }) => mem >= addr && mem < addr + size);
  const right = isMapped ? 'munmap' : destinationOf(chunk?.state);
  if (right === undefined) return undefined;
  return chooseAmong(
    [right, ...destinations.filter((one) => one !== right)]
      .slice(0, 5)
      .map((one) => say(`prediction.to.${one}`)),
  );
}

function destinationOf(state: string | undefined): (typeof destinations)[number] | undefined {
  // A trim may have taken the chunk with the top.
  if (state === undefined) return 'top';
  return destinations.find((one) => one === state);
}

const causes: readonly FaultCause[] = ['demand-zero', 'zero-page', 'copy-on-write', 'file', 'stack-growth'];

function solveFault({ say }: AskedEvent, event: PageFaultEvent): Solution {
  const wrong = causes.filter((cause) => cause !== event.cause).slice(0, 3);
  return chooseAmong([event.cause, ...wrong].map((cause) => say(`prediction.cause.${cause}`)));
}

/** A question whose answer is typed in as a number. */
export const numberSolution = (value: bigint, form: NumberForm): Solution => ({
  kind: 'number',
  value: value.toString(),
  form,
});
