/**
 * CONTRACT. The messages between the faces (webview, side panel, commands) and the session, typed and versioned.
 *
 * Every message is one of the envelopes at the end. A request gets exactly one answer: a result or an error code.
 */
import type { AllocatorView, TrimForecast } from './allocator-view.ts';
import type { ProcessView } from './process-view.ts';
import type { LessonRequests } from './lessons.ts';
import type {
  EventKind,
  EventView,
  HexAddress,
  HistoryView,
  MapDetail,
  MarkView,
  MembersView,
  PageWalkView,
  PlaceView,
  Snapshot,
} from './view-model.ts';

export const PROTOCOL_VERSION = 9;

/** Units that one request for detail covers at most. */
export const mostDetailUnits = 128;

/** Units that one request for members covers at most. */
export const mostMemberUnits = 512;

/** Differences that one comparison marks at most. */
export const mostMarks = 400;

/** Languages that sentences can be rendered in. */
export type Language = 'en' | 'zh-cn';

/** Formats that a picture can be saved in. */
export type ImageFormat = 'svg' | 'png';

/** What a step counts. */
export type StepKind = 'event' | 'malloc' | 'syscall' | 'page-fault' | 'output' | 'signal';

/** One source file of the program. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** A file that a program may read, by its name below the program's folder. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Inputs of a run: the run is a function of these and nothing else. */
export interface RunInputs {
  readonly files: readonly SourceText[];
  /** Headers of the workspace by the name that `#include "…"` resolves to. */
  readonly headers: readonly SourceText[];
  /** Arguments after argv[0]. */
  readonly args: readonly string[];
  readonly environment: readonly string[];
  readonly stdin: string;
  /** Files that the program finds in its folder; it changes copies of its own only. */
  readonly dataFiles?: readonly DataFile[];
  /** What standard output is connected to: decides its buffering, and the size of its buffer on the heap. */
  readonly stdoutKind: 'terminal' | 'pipe';
  /** Path of the program, as execve gets it. */
  readonly programPath: string;
  readonly target: 'x86_64' | 'i386';
  readonly glibc: string;
  /** Size of the dynamic loader's library cache, which is mapped before libc and so moves it; else the reference machine's. */
  readonly ldCacheBytes?: number;
  readonly limits: RunLimits;
  /** Switches of the compiler that move things; else those of Debian's gcc 12. */
  readonly compile?: CompileSwitches;
  /** What differs from the reference machine. */
  readonly machine?: MachineSwitches;
  /** Which process is recorded: 1, or absent, for the first one, n for the n-th that the run makes. */
  readonly process?: number;
}

/** Settings of the simulated machine and limits of the process; what is absent is as on the reference machine. */
export interface MachineSwitches {
  /** Seed of address randomisation, a whole number; randomisation is off when absent. */
  readonly randomSeed?: number;
  /** Which of several threads runs when: 0, or absent, for the order in which they are ready, else a seed. */
  readonly threadSeed?: number;
  /** Transparent huge pages (/sys/kernel/mm/transparent_hugepage/enabled). */
  readonly hugePages?: 'never' | 'madvise' | 'always';
  /** vm.overcommit_memory: 0, 1, 2. */
  readonly overcommit?: 'heuristic' | 'always' | 'strict';
  /** RLIMIT_STACK, RLIMIT_AS, RLIMIT_DATA in bytes. */
  readonly stackLimit?: number | 'unlimited';
  readonly addressSpaceLimit?: number | 'unlimited';
  readonly dataLimit?: number | 'unlimited';
  /** Memory of the machine in bytes: what is promised and what can be had before the kernel kills. */
  readonly ramBytes?: number;
  /** Levels of the kernel's page tables. */
  readonly pagingLevels?: 4 | 5;
}

/** What a program is compiled and linked with. */
export interface CompileSwitches {
  /** `-fPIE` or `-fno-pie`. */
  readonly pie: boolean;
  readonly link: 'pie' | 'no-pie';
  /** `-fcommon` */
  readonly common: boolean;
  /** `-fstack-protector-strong` */
  readonly stackProtector: boolean;
}

export interface RunLimits {
  /** Loop iterations and calls. */
  readonly fuel: number;
  readonly memoryBytes: number;
  readonly outputBytes: number;
  readonly events: number;
}

export interface ProblemView {
  readonly place: PlaceView;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning' | 'unsupported';
  readonly code: string;
  readonly text: string;
}

/** What a search looks for; see session/navigation.ts. */
export type NavigationTarget =
  /** The next step, whatever it is; one that is not inside of a call from here; one of a function that called this one. */
  | { readonly kind: 'step' | 'over' | 'out' }
  | { readonly kind: 'line'; readonly place: LinePlace }
  /** A statement or full expression is about to be done. */
  | { readonly kind: 'statement' }
  /** A function, any without a name, was entered or is about to be left. */
  | { readonly kind: 'function'; readonly name?: string; readonly role: 'entry' | 'exit' }
  /** The function at a code address is entered; of any other address: its byte is read or written. */
  | { readonly kind: 'address'; readonly address: HexAddress }
  /** Bytes are written, or read or written. */
  | { readonly kind: 'write' | 'access'; readonly address: HexAddress; readonly bytes: number }
  /** A C expression is true, in a line or anywhere that it has a meaning. */
  | { readonly kind: 'condition'; readonly expression: string; readonly place?: LinePlace }
  /** The nearest of some steps. */
  | { readonly kind: 'steps'; readonly steps: readonly number[] }
  /** The statement in which the run ends by a signal, an abort or a limit. */
  | { readonly kind: 'error' };

/** A line of a file of the program. */
export type LinePlace = Pick<PlaceView, 'file' | 'line'>;

/** An access to watched bytes. */
export interface AccessView {
  /** The step that makes it. */
  readonly step: number;
  /** The program's own code, libc on its behalf, malloc or the kernel inside of a call. */
  readonly by: 'program' | 'libc' | 'system';
  readonly address: HexAddress;
  readonly bytes: number;
  /** Where the program is then: behind a call, the statement that goes on. */
  readonly place: PlaceView | undefined;
}

/** A mistake with memory that the checks found. */
export interface MistakeView {
  /** `use-after-free`, `heap-overflow` …; see core/checks/check-report.ts. */
  readonly kind: string;
  /** The step in which it is made. */
  readonly step: number;
  readonly address: HexAddress;
  /** Behind the access: its first byte may be right, and `address` the first wrong one. */
  readonly end: HexAddress;
  readonly place: PlaceView | undefined;
  readonly text: string;
  /** A write that hits what malloc keeps for itself: the run goes wrong by it, perhaps much later. */
  readonly isCorrupting: boolean;
  /** The block that it is about; `bytes` were asked for. */
  readonly block: { readonly start: HexAddress; readonly bytes: number } | undefined;
  readonly allocatedAt: PlaceView | undefined;
  readonly freedAt: PlaceView | undefined;
}

/** Blocks of one kind that were allocated in one place and are left at the end. */
export interface LeakView {
  readonly kind: 'definite' | 'indirect' | 'possible' | 'reachable';
  readonly bytes: number;
  readonly blocks: number;
  /** The step in which the first of them was allocated. */
  readonly step: number;
  readonly place: PlaceView | undefined;
  readonly text: string;
}

/** What the checks found in a run. */
export interface CheckView {
  readonly mistakes: readonly MistakeView[];
  readonly leaks: readonly LeakView[];
}

/** Events around the one that is shown, of `count` in all. */
export interface MomentReach {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Requests from a face to the session: name -> parameters and result. */
export interface Requests extends LessonRequests {
  /** First message of a face; also after it was hidden, to get everything again. */
  hello: {
    params: { readonly protocolVersion: number; readonly language: Language };
    result: { readonly generation: number; readonly seq: number; readonly snapshot: Snapshot | undefined };
  };
  /** Compiles and runs the program to its end, recording; then seeks to its first malloc-family call (or the end). */
  run: {
    params: { readonly inputs: RunInputs };
    result: {
      readonly problems: readonly ProblemView[];
      readonly snapshot: Snapshot | undefined;
      /** In the order in which they were made; absent for a program that was not run. */
      readonly processes?: readonly ProcessView[];
    };
  };
  /** To the state right after event `index`; more moments are kept on the side `toward`, where steps will go. */
  seek: {
    params: { readonly index: number; readonly toward?: 'forward' | 'back' };
    result: { readonly index: number };
  };
  /** The events that can be shown without running the program again: from `first` to `last`, the shown one among them. */
  reach: { params: Record<string, never>; result: MomentReach };
  /** `count` events of a kind forward, or back when negative. Stops at the ends. */
  step: { params: { readonly kind: StepKind; readonly count: number }; result: { readonly index: number } };
  /** To the state right before step `step` is done: the finest moments that there are. */
  seekStep: { params: { readonly step: number }; result: { readonly index: number } };
  /** To where something is found, forward or back from here; stays where it is not. */
  navigate: {
    params: { readonly target: NavigationTarget; readonly direction: 'forward' | 'back' };
    result: {
      readonly isFound: boolean;
      readonly index: number;
      /** Of a search for accesses. */
      readonly access: AccessView | undefined;
      /** Why what was asked for has no meaning; empty where it has. */
      readonly problem: string;
    };
  };
  /** Checks the run for mistakes with memory; it stays as it is. */
  check: { params: Record<string, never>; result: CheckView };
  /** The value of a C expression in a frame of this moment, 0 for the innermost one. */
  evaluate: {
    params: { readonly expression: string; readonly frame: number };
    result: {
      readonly value: string;
      readonly type: string;
      /** Where it lies, when it lies anywhere. */
      readonly address: HexAddress | undefined;
      /** Why it has no value; empty where it has. */
      readonly problem: string;
    };
  };
  /**
   * Events of the recording, of some kinds (all when undefined) that match a query (words, all of which must fit: a part of what
   * was called or of the function's name, `0x…`, `size>100`, `line:12`, `in:main`): `count` of them from the `from`-th of these
   * on. `total` is how many of these there are; `row` says which of them is the last one at or before event `near` (-1 when
   * there is none).
   */
  events: {
    params: {
      readonly from: number;
      readonly count: number;
      readonly kinds: readonly EventKind[] | undefined;
      readonly near: number;
      readonly query?: string;
    };
    result: { readonly events: readonly EventView[]; readonly total: number; readonly row: number };
  };
  /** Bytes as they are at the current event; pages without a frame are left out. */
  readMemory: {
    params: { readonly start: HexAddress; readonly length: number };
    result: { readonly pieces: readonly { readonly start: HexAddress; readonly bytes: ArrayBuffer }[] };
  };
  /**
   * What lies in a range of addresses at the current event: mappings and chunks of at least `unitBytes`, smaller ones in
   * bands of about that size. The range has at most {@link mostDetailUnits} units, so that no answer is larger than 200 KB. What
   * begins below the range is in it only when it is large enough to stand by itself.
   */
  mapDetail: {
    params: {
      readonly start: HexAddress;
      readonly end: HexAddress;
      /** A power of two. */
      readonly unitBytes: number;
    };
    result: MapDetail;
  };
  /**
   * Of what the variables, objects and blocks consist that lie in a range of addresses, at the current event: parts of at least
   * `unitBytes` that meet the range. The range has at most {@link mostMemberUnits} units; no answer is larger than 200 KB. A
   * block has the type of a pointer that leads to it from an object or variable, through members where there are some.
   */
  members: {
    params: {
      readonly start: HexAddress;
      readonly end: HexAddress;
      /** A power of two. */
      readonly unitBytes: number;
    };
    result: MembersView;
  };
  /** The way through the page tables to an address, at the current event. */
  walk: { params: { readonly address: HexAddress }; result: PageWalkView };
  /** The run in one page of Markdown. */
  report: { params: Record<string, never>; result: { readonly text: string } };
  /** How the counters went over the whole run. */
  history: { params: Record<string, never>; result: HistoryView };
  /** The inside of malloc at the current event. */
  allocator: { params: Record<string, never>; result: AllocatorView };
  /** What malloc_trim(0) would do at the current event; undefined while a call of malloc is going on. */
  forecastTrim: { params: Record<string, never>; result: { readonly forecast: TrimForecast | undefined } };
  /** Text of /proc/self/maps at the current event. */
  maps: { params: Record<string, never>; result: { readonly text: string } };
  /** What differs between the states right after two events, as text and as marks for the map: at most {@link mostMarks}. */
  compare: {
    params: { readonly from: number; readonly to: number };
    result: {
      readonly text: string;
      readonly marks: readonly MarkView[];
      /** How many there are. */
      readonly markCount: number;
    };
  };
  /** Marks a place in the editor, or none, without a change of focus; answered by the extension host. */
  markPlace: { params: { readonly place: PlaceView | undefined }; result: Record<string, never> };
  /** Shows the place in the editor; answered by the extension host, not by the session. */
  reveal: { params: { readonly place: PlaceView }; result: Record<string, never> };
  /** Saves a picture that a view drew, where the user says; answered by the extension host. */
  saveImage: {
    params: {
      readonly format: ImageFormat;
      /** Proposed name of the file, without its ending. */
      readonly name: string;
      /** SVG: the document. PNG: its bytes in base64. */
      readonly data: string;
    };
    result: { readonly isSaved: boolean };
  };
  /** Runs the program of the active editor; answered by the extension host. */
  start: { params: Record<string, never>; result: Record<string, never> };
}

export type RequestName = keyof Requests;
export type Params<Name extends RequestName> = Requests[Name]['params'];
export type Result<Name extends RequestName> = Requests[Name]['result'];

/** The parts of a snapshot that changed. */
export type Delta = Partial<Snapshot>;

/** Messages from the session to the faces; no answer. */
export interface Notifications {
  /** A new run is shown: all of it, so that faces need not ask. A new run is a new generation; its changes count on from `seq`. */
  opened: { readonly generation: number; readonly seq: number; readonly snapshot: Snapshot };
  /** The current event changed: `delta` over the snapshot with the previous `seq`. */
  changed: { readonly generation: number; readonly seq: number; readonly delta: Delta };
  /** The run was closed: nothing to show. */
  closed: { readonly generation: number };
  /** The map is to show and select what people call by this text: an address or a name. */
  showInMap: { readonly text: string };
  /**
   * The map is to mark something, without selecting it, in place of what the same face marked before. What `comparison` marks
   * is true of one moment and goes with it.
   */
  mark: {
    readonly by: 'editor' | 'comparison';
    /** What the marks say, in a few words; empty for none. */
    readonly title: string;
    readonly marks: readonly MarkView[];
    /** How many there would be. */
    readonly count: number;
  };
  /** The map is to be drawn as a file and given back by `saveImage`. */
  exportMap: { readonly format: ImageFormat; readonly scale: number };
  /** Work under way, for a progress bar. */
  progress: { readonly text: string };
}

export type NotificationName = keyof Notifications;

export type ErrorCode =
  'version-mismatch' | 'no-program' | 'bad-request' | 'bad-range' | 'cancelled' | 'timeout' | 'internal';

export interface RequestEnvelope<Name extends RequestName = RequestName> {
  readonly type: 'request';
  readonly id: number;
  readonly name: Name;
  readonly params: Params<Name>;
}

export type ResponseEnvelope =
  | { readonly type: 'response'; readonly id: number; readonly ok: true; readonly result: unknown }
  | {
      readonly type: 'response';
      readonly id: number;
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
    };

export interface NotificationEnvelope<Name extends NotificationName = NotificationName> {
  readonly type: 'notification';
  readonly name: Name;
  readonly params: Notifications[Name];
}

export type Envelope = RequestEnvelope | ResponseEnvelope | NotificationEnvelope;

/** Milliseconds after which a request is answered with `timeout`. */
export const REQUEST_TIMEOUT_MS = 30_000;
