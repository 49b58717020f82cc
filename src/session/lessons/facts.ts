/**
 * Looks up the numbers that lessons tell, in the run itself.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { mapsLines } from '../../core/process/proc-maps.ts';
import type { MapsLine } from '../../core/process/proc-maps.ts';
import { addressRegions } from '../../core/target/address-regions.ts';
import { sayPrediction } from '../../core/text/prediction-texts.ts';
import type { Language } from '../../core/text/text.ts';
import type { TraceEvent } from '../../core/trace/trace-event.ts';
import type { MomentView, NumberForm } from '../../protocol/lessons.ts';
import { executableJson } from '../executable-json.ts';
import { EvaluationError } from '../expression/evaluate.ts';
import { pageState } from '../page-states.ts';
import { Session } from '../session.ts';
import type { Fact, Measure, Target, Variant } from './lesson.ts';
import { goToMoment, goToTarget, momentOf, NoMomentError } from './moments.ts';

/** A run, and the moments of it that have been found already. */
class KnownRun {
  readonly session: Session;
  readonly #moments = new Map<string, MomentView>();
  #mainStart: number | undefined;

  constructor(session: Session) {
    this.session = session;
  }

  goTo(target: Target): void {
    const key = JSON.stringify(target);
    const known = this.#moments.get(key);
    if (known === undefined) this.#moments.set(key, goToTarget(this.session, target));
    else goToMoment(this.session, known);
  }

  /** Index of the last event before main's first statement; what is shown stays. */
  get mainStart(): number {
    if (this.#mainStart === undefined) {
      const shown = momentOf(this.session);
      this.goTo({ kind: 'start' });
      this.#mainStart = this.session.index;
      goToMoment(this.session, shown);
    }
    return this.#mainStart;
  }
}

/** Evaluates facts in one run and in its variants. The session moves; who needs a moment goes there. */
export class FactReader {
  readonly #run: KnownRun;
  /** Runs that differ, by what they differ in. */
  readonly #variants = new Map<string, KnownRun>();

  constructor(session: Session) {
    this.#run = new KnownRun(session);
  }

  /**
   * The number.
   *
   * @throws NoMomentError, EvaluationError where the program has not what the fact is about
   */
  read(fact: Fact, moment: Target): bigint {
    const run = fact.in === undefined ? this.#run : this.#variant(fact.in);
    run.goTo(fact.at ?? moment);
    const value = measure(run, fact);
    const { minus } = fact;
    if (minus === undefined) return value;
    const less: Fact = fact.in === undefined ? minus : { in: fact.in, ...minus };
    return value - this.read(less, minus.at ?? fact.at ?? moment);
  }

  #variant(change: Variant): KnownRun {
    const key = `${change.glibc ?? ''} ${change.target ?? ''}`;
    let run = this.#variants.get(key);
    if (run === undefined) {
      const { session } = Session.open({ ...this.#run.session.inputs, ...change }, 'en');
      if (session === undefined)
        throw new NoMomentError(sayPrediction('prediction.noVariant', { change: key }));
      run = new KnownRun(session);
      this.#variants.set(key, run);
    }
    return run;
  }
}

function measure(run: KnownRun, fact: Measure): bigint {
  const { session } = run;
  switch (fact.kind) {
    case 'value':
      return valueOf(session, fact.of);
    case 'heap': {
      const { mm } = session.machine.memory;
      return BigInt(mm.brk - mm.startBrk);
    }
    case 'offset':
      return valueOf(session, fact.of) - BigInt(session.machine.memory.mm.startBrk);
    case 'mapping': {
      const { start, end } = mappingOf(session, fact.of);
      return BigInt(end - start);
    }
    case 'resident':
      return BigInt(residentBytes(session, mappingOf(session, fact.of)));
    case 'calls':
      return BigInt(
        countSinceMain(run, (event) => event.kind === 'syscall' && fact.names.includes(event.name)),
      );
    case 'faults':
      return BigInt(countSinceMain(run, ({ kind }) => kind === 'page-fault'));
    case 'size':
      return BigInt(executableJson(session.program.analysis).size[fact.part]);
    case 'segment': {
      const { program_headers } = executableJson(session.program.analysis);
      const found = program_headers.find(({ type, flags }) => type === 'LOAD' && flags.includes('W'));
      return BigInt((fact.part === 'file' ? found?.filesz : found?.memsz) ?? 0);
    }
    case 'user-end':
    case 'kernel-start': {
      const regions = addressRegions(session.machine.memory.profile);
      if (fact.kind === 'user-end') return regions.find(({ name }) => name === 'user')?.end ?? 0n;
      return regions.find(({ name }) => name === 'non-canonical')?.end ?? 0n;
    }
    case 'page':
      return BigInt(PAGE_SIZE);
  }
}

/** The value of an integer or pointer expression; `$` is what the call that is shown returned. */
export function valueOf(session: Session, expression: string): bigint {
  if (expression === '$') {
    const event = session.recording.eventAt(session.index);
    if (event.kind !== 'malloc' && event.kind !== 'syscall')
      throw new EvaluationError(sayPrediction('prediction.noCallHere'));
    return BigInt(event.result);
  }
  const { value } = session.evaluate(expression);
  if (value.kind === 'integer') return value.value;
  throw new EvaluationError(sayPrediction('prediction.noNumber', { expression }));
}

/** The line of maps that holds an address. */
function mappingOf(session: Session, expression: string): MapsLine {
  const addr = valueOf(session, expression);
  const found = mapsLines(session.machine.memory).find(
    ({ start, end }) => addr >= BigInt(start) && addr < BigInt(end),
  );
  if (found === undefined) throw new EvaluationError(sayPrediction('prediction.notMapped', { expression }));
  return found;
}

/** Bytes of a mapping that count as resident (Rss of smaps): the page of zeros does not. */
function residentBytes({ machine }: Session, { start, end }: MapsLine): number {
  let pages = 0;
  machine.memory.pageTable.forEachPresent(start / PAGE_SIZE, end / PAGE_SIZE, (_page, entry) => {
    if (pageState(entry) !== 'zero') pages += 1;
  });
  return pages * PAGE_SIZE;
}

function countSinceMain({ session, mainStart }: KnownRun, isWanted: (event: TraceEvent) => boolean): number {
  const { recording } = session;
  let count = 0;
  for (let index = mainStart + 1; index <= session.index; index++)
    if (isWanted(recording.eventAt(index))) count += 1;
  return count;
}

/** The form of a fact that says nothing about it. */
export function formOf(fact: Fact): NumberForm {
  if (fact.form !== undefined) return fact.form;
  switch (fact.kind) {
    case 'heap':
    case 'mapping':
    case 'resident':
    case 'size':
    case 'segment':
    case 'page':
      return 'bytes';
    case 'offset':
    case 'user-end':
    case 'kernel-start':
      return 'address';
    case 'value':
    case 'calls':
    case 'faults':
      return 'count';
  }
}

const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** A number as texts tell it: `135,168 bytes (132 KiB)`, `0x2a0`, `200`. */
export function formatNumber(value: bigint, form: NumberForm, language: Language): string {
  if (form === 'address') return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
  const digits = value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
  if (form === 'count') return digits;
  const bytes = language === 'zh-cn' ? `${digits} 字节` : `${digits} ${value === 1n ? 'byte' : 'bytes'}`;
  const scaled = scale(value);
  if (scaled === undefined) return bytes;
  return language === 'zh-cn' ? `${bytes}（${scaled}）` : `${bytes} (${scaled})`;
}

/** `132 KiB`; undefined for what is not a whole number of the largest unit that fits, or too small. */
function scale(value: bigint): string | undefined {
  let rest = value;
  let unit = -1;
  while (unit + 1 < units.length && rest >= 1024n && rest % 1024n === 0n) {
    rest /= 1024n;
    unit += 1;
  }
  return unit < 0 || rest >= 10_000n ? undefined : `${rest.toString()} ${units[unit] ?? ''}`;
}
