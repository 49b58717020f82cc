/**
 * Parameters of requests as they come out of a channel: anything, until looked at.
 */
import { glibcReleaseOf } from '../core/target/glibc-release.ts';
import type { NavigationTarget, RequestEnvelope, RequestName } from '../protocol/messages.ts';

/** A test of a value. */
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isCount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const oneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && choices.includes(value);
const isLimit: Check = (value) => value === 'unlimited' || isCount(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** An object whose named members pass their tests. */
const record =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const sources = listOf(record({ name: isText, text: isText }));

const runInputs = record({
  files: sources,
  headers: sources,
  args: listOf(isText),
  environment: listOf(isText),
  stdin: isText,
  dataFiles: optional(listOf(record({ name: isText, bytes: (value) => value instanceof Uint8Array }))),
  stdoutKind: oneOf('terminal', 'pipe'),
  programPath: isText,
  target: oneOf('x86_64', 'i386'),
  glibc: (value) => typeof value === 'string' && glibcReleaseOf(value) !== undefined,
  ldCacheBytes: optional(isCount),
  machine: optional(
    record({
      randomSeed: optional(isCount),
      threadSeed: optional(isCount),
      hugePages: optional(oneOf('never', 'madvise', 'always')),
      overcommit: optional(oneOf('heuristic', 'always', 'strict')),
      stackLimit: optional(isLimit),
      addressSpaceLimit: optional(isLimit),
      dataLimit: optional(isLimit),
      ramBytes: optional(isCount),
      pagingLevels: optional((value) => value === 4 || value === 5),
    }),
  ),
  process: optional((value) => Number.isSafeInteger(value) && Number(value) > 0),
  limits: record({ fuel: isCount, memoryBytes: isCount, outputBytes: isCount, events: isCount }),
});

const eventKinds = ['malloc', 'syscall', 'page-fault', 'output', 'wait', 'signal', 'process'] as const;

const isLinePlace = record({ file: isText, line: isCount });
const isAddress: Check = (value) => typeof value === 'string' && /^0x[0-9a-f]{1,16}$/.test(value);
const navigationTargets: Readonly<Record<NavigationTarget['kind'], Check>> = {
  step: () => true,
  over: () => true,
  out: () => true,
  line: record({ place: isLinePlace }),
  statement: () => true,
  function: record({ name: optional(isText), role: oneOf('entry', 'exit') }),
  address: record({ address: isAddress }),
  write: record({ address: isAddress, bytes: isCount }),
  access: record({ address: isAddress, bytes: isCount }),
  condition: record({ expression: isText, place: optional(isLinePlace) }),
  steps: record({ steps: listOf(isCount) }),
  error: () => true,
};
const isNavigationTarget: Check = (value) => {
  const kind = record({ kind: oneOf(...Object.keys(navigationTargets)) })(value)
    ? (value as { readonly kind: NavigationTarget['kind'] }).kind
    : undefined;
  return kind !== undefined && navigationTargets[kind](value);
};

const isQuestionSpec = record({
  text: isText,
  at: isText,
  ask: isText,
  choices: listOf(record({ text: isText, isCorrect: (value) => typeof value === 'boolean' })),
  because: isText,
  origin: isText,
});

const checks: Readonly<Record<RequestName, Check>> = {
  hello: record({ protocolVersion: isNumber, language: oneOf('en', 'zh-cn') }),
  run: record({ inputs: runInputs }),
  seek: record({ toward: optional(oneOf('forward', 'back')) }),
  reach: () => true,
  step: record({
    kind: oneOf('event', 'malloc', 'syscall', 'page-fault', 'output', 'signal'),
    count: isNumber,
  }),
  seekStep: record({ step: isNumber }),
  navigate: record({ target: isNavigationTarget, direction: oneOf('forward', 'back') }),
  check: () => true,
  evaluate: record({ expression: isText, frame: isCount }),
  events: record({ kinds: optional(listOf(oneOf(...eventKinds))), query: optional(isText) }),
  readMemory: record({}),
  mapDetail: record({}),
  members: record({}),
  walk: record({}),
  report: () => true,
  history: () => true,
  allocator: () => true,
  forecastTrim: () => true,
  maps: () => true,
  compare: record({ from: isNumber, to: isNumber }),
  lessonPage: record({ lesson: isText, page: isCount }),
  lessonQuestion: record({ lesson: isText }),
  askAboutEvent: () => true,
  askQuestions: record({ specs: listOf(isQuestionSpec) }),
  reveal: () => true,
  markPlace: () => true,
  // Answered by the extension host.
  saveImage: () => true,
  start: () => true,
};

/** Whether a message is a request; its name and parameters are still to be looked at. */
export function isRequest(message: unknown): message is RequestEnvelope {
  return record({ type: oneOf('request'), id: isNumber, name: isText })(message);
}

/** Whether there is a request of this name. */
export const isRequestName = (name: string): name is RequestName => Object.hasOwn(checks, name);

/** Whether the parameters have the shape that the request asks for; ranges of numbers are the handler's business. */
export const hasParams = (name: RequestName, params: unknown): boolean => checks[name](params);
