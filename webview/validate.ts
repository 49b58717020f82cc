/**
 * Checks of what comes in. The page believes nothing that it has not looked at: a malformed message becomes a reason
 * in words, never an exception in the middle of drawing.
 */
import type {
  AccessView,
  CheckView,
  LeakView,
  MistakeView,
  Envelope,
  ErrorCode,
  NotificationName,
  Notifications,
  RequestName,
  Requests,
  Result,
} from '../src/protocol/messages.ts';
import type {
  AllocatorField,
  AllocatorView,
  ArenaFieldsView,
  BinEntryView,
  BinFamily,
  BinView,
  HeapUse,
  HeapUseView,
  LinkView,
  TrimForecast,
} from '../src/protocol/allocator-view.ts';
import type {
  ChunkBandView,
  ChunkLinkView,
  ChunkState,
  ChunkView,
  CountersView,
  EventKind,
  EventView,
  FramePartView,
  FrameView,
  ThreadView,
  ArenaHeapView,
  ArenaView,
  HeapView,
  HexAddress,
  HistoryView,
  MapDetail,
  MappingBandView,
  MappingKind,
  MappingView,
  MarkView,
  MemberView,
  MembersView,
  ObjectView,
  OutcomeView,
  PageRun,
  PageState,
  PageWalkView,
  PlaceView,
  ProgramView,
  RegionView,
  SectionView,
  Snapshot,
  StepView,
  TypedObjectView,
  VariableView,
} from '../src/protocol/view-model.ts';

export type Read<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

/** Says what is wrong with a value, or nothing. `Value` is what the value is when nothing is wrong. */
type Check<Value> = ((value: unknown, path: string) => string | undefined) & {
  /** Never there at run time: ties the check to its type. */
  readonly checked?: Value;
};

const text: Check<string> = (value, path) =>
  typeof value === 'string' ? undefined : `${path} is not a text`;

const flag: Check<boolean> = (value, path) =>
  typeof value === 'boolean' ? undefined : `${path} is not true or false`;

/** Sizes, counts and indices. */
const count: Check<number> = (value, path) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? undefined
    : `${path} is not a whole number from 0 on`;

/** A number that the program may have overwritten: not always a count. */
const size: Check<number> = (value, path) =>
  typeof value === 'number' ? undefined : `${path} is not a number`;

/** An index that is -1 before the first event. */
const indexOrNone: Check<number> = (value, path) => (value === -1 ? undefined : count(value, path));

const hex: Check<HexAddress> = (value, path) =>
  typeof value === 'string' && /^0x[0-9a-f]{1,16}$/.test(value) ? undefined : `${path} is not an address`;

/** The end of a range that may reach up to 2^64. */
const limit: Check<HexAddress> = (value, path) =>
  value === '0x10000000000000000' ? undefined : hex(value, path);

const buffer: Check<ArrayBuffer> = (value, path) =>
  value instanceof ArrayBuffer ? undefined : `${path} is not an ArrayBuffer`;

const anything: Check<unknown> = () => undefined;

function oneOf<Word extends string>(words: Record<Word, true>): Check<Word> {
  return (value, path) =>
    typeof value === 'string' && Object.hasOwn(words, value) ? undefined : `${path} is not a known word`;
}

function maybe<Value>(check: Check<Value>): Check<Value | undefined> {
  return (value, path) => (value === undefined ? undefined : check(value, path));
}

function list<Item>(check: Check<Item>): Check<readonly Item[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} is not a list`;
    for (let i = 0; i < value.length; i++) {
      const reason = check(value[i], `${path}[${i}]`);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

function record<Value>(checks: { readonly [Key in keyof Value]-?: Check<Value[Key]> }): Check<Value> {
  const entries: readonly (readonly [string, Check<unknown>])[] = Object.entries(checks);
  return (value, path) => {
    if (!isRecord(value)) return `${path} is not an object`;
    for (const [key, check] of entries) {
      const reason = check(value[key], `${path}.${key}`);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** Some of the keys of a record: what is there is checked. */
function some<Value>(checks: { readonly [Key in keyof Value]-?: Check<Value[Key]> }): Check<Partial<Value>> {
  const entries: readonly (readonly [string, Check<unknown>])[] = Object.entries(checks);
  return (value, path) => {
    if (!isRecord(value)) return `${path} is not an object`;
    for (const [key, check] of entries) {
      if (!(key in value)) continue;
      const reason = check(value[key], `${path}.${key}`);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const place = record<PlaceView>({ file: text, line: count, column: count });

const eventKind = oneOf<EventKind>({
  malloc: true,
  syscall: true,
  'page-fault': true,
  output: true,
  wait: true,
  signal: true,
  process: true,
});

const event = record<EventView>({
  index: count,
  kind: eventKind,
  name: text,
  text,
  detail: text,
  since: count,
  parent: maybe(count),
  place: maybe(place),
  address: maybe(hex),
  freedBy: (value, path) => (value === 'never' ? undefined : maybe(count)(value, path)),
  allocatedBy: maybe(count),
  thread: maybe(count),
});

const pageState = oneOf<PageState>({
  absent: true,
  zero: true,
  anonymous: true,
  file: true,
  shared: true,
  mixed: true,
});

const object = record<ObjectView>({
  name: text,
  start: hex,
  sizeBytes: count,
  type: text,
  value: maybe(text),
  place: maybe(place),
});

const section = record<SectionView>({
  name: text,
  start: hex,
  sizeBytes: count,
  objects: list(object),
  objectCount: count,
});

const mapping = record<MappingView>({
  start: hex,
  end: hex,
  sizeBytes: count,
  permissions: text,
  offset: hex,
  name: text,
  kind: oneOf<MappingKind>({
    text: true,
    rodata: true,
    data: true,
    bss: true,
    heap: true,
    mmap: true,
    stack: true,
    library: true,
    loader: true,
    tls: true,
    kernel: true,
  }),
  description: text,
  residentPages: count,
  zeroPages: count,
  pages: list(record<PageRun>({ state: pageState, pages: count })),
  sections: list(section),
});

const chunkState = oneOf<ChunkState>({
  'in-use': true,
  tcache: true,
  fastbin: true,
  unsorted: true,
  small: true,
  large: true,
  top: true,
  internal: true,
  mmapped: true,
  corrupted: true,
});

const chunk = record<ChunkView>({
  start: hex,
  mem: hex,
  sizeBytes: count,
  requestedBytes: maybe(count),
  usableBytes: count,
  prevSizeWord: hex,
  sizeWord: hex,
  flags: text,
  state: chunkState,
  stateText: text,
  place: maybe(place),
  event: maybe(count),
  links: maybe(
    list(
      record<ChunkLinkView>({
        name: oneOf<ChunkLinkView['name']>({
          next: true,
          key: true,
          fd: true,
          bk: true,
          fd_nextsize: true,
          bk_nextsize: true,
        }),
        start: hex,
        stored: hex,
        meant: hex,
      }),
    ),
  ),
});

const member: Check<MemberView> = (value, path) =>
  record<MemberView>({
    kind: oneOf<MemberView['kind']>({
      member: true,
      alternative: true,
      'bit-fields': true,
      element: true,
      padding: true,
    }),
    name: text,
    type: text,
    start: hex,
    sizeBytes: count,
    value: text,
    parts: list(member),
  })(value, path);

const members = record<MembersView>({
  objects: list(
    record<TypedObjectView>({
      kind: oneOf<TypedObjectView['kind']>({ variable: true, object: true, block: true }),
      name: text,
      type: text,
      start: hex,
      sizeBytes: count,
      value: text,
      parts: list(member),
    }),
  ),
  isCut: flag,
});

const chunkBand = record<ChunkBandView>({
  start: hex,
  end: hex,
  count,
  states: list(record<ChunkBandView['states'][number]>({ state: chunkState, count, bytes: size })),
});

const mappingBand = record<MappingBandView>({
  start: hex,
  end: hex,
  count,
  mappedBytes: count,
  residentPages: count,
});

const mapDetail = record<MapDetail>({
  mappings: list(mapping),
  mappingBands: list(mappingBand),
  chunks: list(chunk),
  chunkBands: list(chunkBand),
});

const heap = record<HeapView>({
  start: hex,
  end: hex,
  chunks: list(chunk),
  bands: list(chunkBand),
  chunkCount: count,
  isCut: flag,
  tcacheCount: count,
});

const arenaHeap = record<ArenaHeapView>({
  start: hex,
  end: hex,
  infoBytes: count,
  openedEnd: hex,
  reservedEnd: hex,
  chunks: list(chunk),
  bands: list(chunkBand),
  chunkCount: count,
  isCut: flag,
  tcacheCount: count,
});

const arena = record<ArenaView>({
  number: count,
  state: hex,
  stateBytes: count,
  top: hex,
  lastRemainder: hex,
  systemMem: size,
  threads: list(count),
  heaps: list(arenaHeap),
});

const variable = record<VariableView>({
  name: text,
  type: text,
  start: hex,
  sizeBytes: count,
  value: text,
  isParameter: flag,
});

const framePart = record<FramePartView>({
  kind: oneOf<FramePartView['kind']>({
    'return-address': true,
    'saved-base': true,
    'saved-register': true,
    guard: true,
    'register-save-area': true,
    'hidden-result': true,
    temporary: true,
    'out-of-scope': true,
    padding: true,
  }),
  name: text,
  start: hex,
  sizeBytes: count,
});

const frame = record<FrameView>({
  functionName: text,
  place: maybe(place),
  base: hex,
  low: hex,
  returnAddress: hex,
  returnsTo: maybe(text),
  variables: list(variable),
  parts: list(framePart),
  unstored: list(record<FrameView['unstored'][number]>({ start: hex, end: hex })),
});

const thread = record<ThreadView>({ number: count, frames: list(frame), frameCount: count });

const region = record<RegionView>({
  name: text,
  start: hex,
  end: limit,
  owner: oneOf<RegionView['owner']>({ user: true, kernel: true, nobody: true }),
  text,
});

const snapshotParts = {
  program: record<ProgramView>({
    name: text,
    target: text,
    glibc: text,
    kernel: text,
    randomSeed: maybe(count),
    isStale: flag,
  }),
  outcome: record<OutcomeView>({
    kind: oneOf<OutcomeView['kind']>({
      exit: true,
      signal: true,
      abort: true,
      limit: true,
      unsupported: true,
    }),
    text,
    why: text,
  }),
  position: record<Snapshot['position']>({ index: indexOrNone, count }),
  event: maybe(event),
  step: maybe(
    record<StepView>({
      number: count,
      role: oneOf<StepView['role']>({ entry: true, statement: true, exit: true }),
      place: maybe(place),
    }),
  ),
  mappings: list(mapping),
  mappingBands: list(mappingBand),
  mappingCount: count,
  regions: list(region),
  heap: maybe(heap),
  arenas: list(arena),
  mmapped: list(chunk),
  frames: list(frame),
  frameCount: count,
  thread: count,
  threadCount: count,
  otherThreads: list(thread),
  counters: record<CountersView>({
    virtualBytes: count,
    residentBytes: count,
    pageTableBytes: count,
    heapBytes: count,
    liveBytes: count,
    minorFaults: count,
    majorFaults: count,
    systemCalls: count,
    mallocCalls: count,
  }),
  output: text,
  changed: list(record<Snapshot['changed'][number]>({ start: hex, end: hex })),
};

const snapshot = record<Snapshot>(snapshotParts);
const delta = some<Snapshot>(snapshotParts);

const mark = record<MarkView>({
  start: hex,
  end: hex,
  kind: oneOf<MarkView['kind']>({ here: true, added: true, removed: true, changed: true }),
  text,
});

const notifications: { readonly [Name in NotificationName]: Check<Notifications[Name]> } = {
  opened: record<Notifications['opened']>({ generation: count, seq: count, snapshot }),
  changed: record<Notifications['changed']>({ generation: count, seq: count, delta }),
  closed: record<Notifications['closed']>({ generation: count }),
  showInMap: record<Notifications['showInMap']>({ text }),
  mark: record<Notifications['mark']>({
    by: oneOf<Notifications['mark']['by']>({ editor: true, comparison: true }),
    title: text,
    marks: list(mark),
    count,
  }),
  exportMap: record<Notifications['exportMap']>({
    format: oneOf({ svg: true, png: true }),
    scale: count,
  }),
  progress: record<Notifications['progress']>({ text }),
};

const indexResult = record<{ readonly index: number }>({ index: indexOrNone });

const pageWalk = record<PageWalkView>({
  address: hex,
  mode: oneOf<PageWalkView['mode']>({ '4-level': true, '5-level': true, '2-level': true, pae: true }),
  steps: list(
    record<PageWalkView['steps'][number]>({
      level: text,
      highBit: count,
      lowBit: count,
      index: count,
      covers: count,
      hasTable: flag,
      isPresent: flag,
    }),
  ),
  offset: count,
  state: pageState,
  frame: maybe(hex),
  isWritable: flag,
  isHuge: flag,
  region: maybe(region),
  mapping: maybe(text),
});

const link = record<LinkView>({ at: hex, stored: hex, decoded: hex });

const bin = record<BinView>({
  family: oneOf<BinFamily>({ tcache: true, fastbin: true, unsorted: true, small: true, large: true }),
  arena: maybe(count),
  thread: maybe(count),
  index: count,
  sizes: maybe(record<NonNullable<BinView['sizes']>>({ low: count, high: maybe(count) })),
  counter: maybe(record<NonNullable<BinView['counter']>>({ value: size, limit: count })),
  entries: list(record<BinEntryView>({ chunk: hex, sizeBytes: size, next: link, back: maybe(link) })),
  length: count,
});

const allocatorField = record<AllocatorField>({
  name: text,
  kind: oneOf<AllocatorField['kind']>({ bytes: true, address: true, count: true }),
  value: size,
  initial: size,
  text,
});

const allocator = record<AllocatorView>({
  bins: list(bin),
  fields: list(allocatorField),
  arenas: list(record<ArenaFieldsView>({ arena: count, fields: list(allocatorField) })),
  arenaResidentBytes: size,
  uses: list(
    record<HeapUseView>({
      use: oneOf<HeapUse>({
        requested: true,
        slack: true,
        header: true,
        internal: true,
        tcache: true,
        fastbin: true,
        bins: true,
        top: true,
        foreign: true,
        mmapped: true,
      }),
      bytes: count,
      residentBytes: count,
    }),
  ),
  residentBytes: count,
  pin: maybe(hex),
});

const forecast = record<TrimForecast>({
  result: count,
  residentBefore: count,
  residentAfter: count,
  heapBefore: count,
  heapAfter: count,
});

/** Results by request. `run` is not asked by this view; its problems are not drawn here. */
const results: { readonly [Name in RequestName]: Check<unknown> } = {
  hello: record<Requests['hello']['result']>({ generation: count, seq: count, snapshot: maybe(snapshot) }),
  run: anything,
  // Asked by the extension.
  reach: anything,
  lessonPage: anything,
  lessonQuestion: anything,
  askAboutEvent: anything,
  askQuestions: anything,
  seek: indexResult,
  seekStep: indexResult,
  navigate: record<Requests['navigate']['result']>({
    isFound: flag,
    index: indexOrNone,
    access: maybe(
      record<AccessView>({
        step: count,
        by: oneOf<AccessView['by']>({ program: true, libc: true, system: true }),
        address: hex,
        bytes: count,
        place: maybe(place),
      }),
    ),
    problem: text,
  }),
  check: record<CheckView>({
    mistakes: list(
      record<MistakeView>({
        kind: text,
        step: count,
        address: hex,
        end: hex,
        place: maybe(place),
        text,
        isCorrupting: flag,
        block: maybe(record<NonNullable<MistakeView['block']>>({ start: hex, bytes: count })),
        allocatedAt: maybe(place),
        freedAt: maybe(place),
      }),
    ),
    leaks: list(
      record<LeakView>({
        kind: oneOf<LeakView['kind']>({ definite: true, indirect: true, possible: true, reachable: true }),
        bytes: count,
        blocks: count,
        step: count,
        place: maybe(place),
        text,
      }),
    ),
  }),
  evaluate: record<Requests['evaluate']['result']>({
    value: text,
    type: text,
    address: maybe(hex),
    problem: text,
  }),
  step: indexResult,
  events: record<Requests['events']['result']>({ events: list(event), total: count, row: indexOrNone }),
  readMemory: record<Requests['readMemory']['result']>({
    pieces: list(record<Requests['readMemory']['result']['pieces'][number]>({ start: hex, bytes: buffer })),
  }),
  mapDetail,
  members,
  walk: pageWalk,
  report: record<Requests['report']['result']>({ text }),
  history: record<HistoryView>({
    events: list(count),
    virtualBytes: list(count),
    residentBytes: list(count),
    heapBytes: list(count),
    liveBytes: list(count),
    minorFaults: list(count),
    systemCalls: list(count),
    marks: list(record<HistoryView['marks'][number]>({ kind: eventKind, counts: list(count) })),
  }),
  allocator,
  forecastTrim: record<Requests['forecastTrim']['result']>({ forecast: maybe(forecast) }),
  maps: record<Requests['maps']['result']>({ text }),
  reveal: anything,
  compare: record<Result<'compare'>>({ text, marks: list(mark), markCount: count }),
  markPlace: anything,
  saveImage: record<Result<'saveImage'>>({ isSaved: flag }),
  start: anything,
};

const errorCode = oneOf<ErrorCode>({
  'version-mismatch': true,
  'no-program': true,
  'bad-request': true,
  'bad-range': true,
  cancelled: true,
  timeout: true,
  internal: true,
});

const answer = record<{ readonly id: number; readonly ok: boolean }>({ id: count, ok: flag });
const refusal = record<{ readonly code: ErrorCode; readonly message: string }>({
  code: errorCode,
  message: text,
});

export type ReadEnvelope =
  | { readonly ok: true; readonly value: Envelope }
  /** `isOurs`: it claims to be an envelope, so that it is worth a word. */
  | { readonly ok: false; readonly isOurs: boolean; readonly reason: string };

/** Reads a message as an envelope. The result of a response is read later, by the request that it answers. */
export function readEnvelope(message: unknown): ReadEnvelope {
  if (!isRecord(message)) return { ok: false, isOurs: false, reason: 'not an object' };
  switch (message.type) {
    case 'response': {
      const reason =
        answer(message, 'response') ?? (message.ok === false ? refusal(message, 'response') : undefined);
      return done(message, reason);
    }
    case 'notification': {
      const name = message.name;
      if (typeof name !== 'string' || !Object.hasOwn(notifications, name)) {
        return { ok: false, isOurs: true, reason: 'a notification of unknown name' };
      }
      return done(message, notifications[name as NotificationName](message.params, name));
    }
    default:
      return { ok: false, isOurs: false, reason: 'not an envelope for a view' };
  }
}

/** Reads the result of a request. */
export function readResult<Name extends RequestName>(name: Name, result: unknown): Read<Result<Name>> {
  const reason = results[name](result, 'result');
  return reason === undefined ? { ok: true, value: result as Result<Name> } : { ok: false, reason };
}

function done(message: Readonly<Record<string, unknown>>, reason: string | undefined): ReadEnvelope {
  return reason === undefined
    ? { ok: true, value: message as unknown as Envelope }
    : { ok: false, isOurs: true, reason };
}
