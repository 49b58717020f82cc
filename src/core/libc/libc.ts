/**
 * The functions of libc by name.
 */
import { backtraceFunctions } from './backtrace.ts';
import { calendarFunctions } from './calendar-functions.ts';
import { complexFunctions } from './complex.ts';
import { descriptorFunctions } from './descriptor-functions.ts';
import { directoryFunctions } from './directory-functions.ts';
import { environmentFunctions } from './environment.ts';
import type { LibcFunction, LibcTable } from './libc-context.ts';
import { execFunctions } from './exec-functions.ts';
import { forkFunctions } from './fork-functions.ts';
import { localeFunctions } from './locale.ts';
import { multibyteFunctions } from './multibyte.ts';
import { wideStringFunctions } from './wide-string.ts';
import { wideStdioFunctions } from './wide-stdio.ts';
import { searchFunctions } from './search.ts';
import { getoptFunctions } from './getopt.ts';
import { errorReportFunctions } from './error-report.ts';
import { drand48Functions } from './drand48.ts';
import { numberFunctions } from './numbers.ts';
import { randomFunctions } from './random.ts';
import { argzFunctions } from './argz.ts';
import { mathExtensionFunctions } from './math-extensions.ts';
import { obstackFunctions } from './obstack.ts';
import { ethernetAddressFunctions } from './ethernet-addresses.ts';
import { processorSetFunctions } from './processor-sets.ts';
import { streamStateFunctions } from './stream-state.ts';
import { fenvFunctions } from './fenv.ts';
import { withExceptions } from './math-exceptions.ts';
import { longDoubleFunctions } from './long-double.ts';
import { longDoubleComplexFunctions } from './long-double-complex.ts';
import { longDoubleExtensionFunctions } from './long-double-extensions.ts';
import { elementaryLongDoubleFunctions } from './long-double-elementary.ts';
import { mathFunctions } from './math.ts';
import { exactMathFunctions } from './math-exact.ts';
import { processFunctions } from './process-functions.ts';
import { signalFunctions } from './signal-functions.ts';
import { fnmatchFunctions } from './fnmatch.ts';
import { machineFactFunctions } from './machine-facts.ts';
import { messageFunctions } from './messages.ts';
import { networkAddressFunctions } from './network-addresses.ts';
import { languageFactFunctions } from './language-facts.ts';
import { readinessFunctions } from './readiness.ts';
import { regexFunctions } from './regex/regex-functions.ts';
import { stdioFunctions } from './stdio.ts';
import { stdioFileFunctions } from './stdio-files.ts';
import { stdioInputFunctions } from './stdio-input.ts';
import { stdlibFunctions } from './stdlib.ts';
import { ctypeFunctions, stringFunctions } from './string.ts';
import { systemCallFunctions } from './system-call.ts';
import { attributeFunctions } from './threads/attributes.ts';
import { barrierFunctions } from './threads/barrier.ts';
import { c11ThreadFunctions } from './threads/c11-threads.ts';
import { cancellationFunctions } from './threads/cancellation.ts';
import { conditionFunctions } from './threads/condition.ts';
import { mutexFunctions } from './threads/mutex.ts';
import { pthreadFunctions } from './threads/pthread-functions.ts';
import { rwlockFunctions } from './threads/rwlock.ts';
import { semaphoreFunctions } from './threads/semaphore.ts';
import { timeFunctions } from './time.ts';
import { unistdFunctions } from './unistd.ts';

const tables: readonly LibcTable[] = [
  stdioFunctions,
  stdioInputFunctions,
  stdioFileFunctions,
  stdlibFunctions,
  randomFunctions,
  drand48Functions,
  stringFunctions,
  ctypeFunctions,
  unistdFunctions,
  descriptorFunctions,
  directoryFunctions,
  backtraceFunctions,
  signalFunctions,
  processFunctions,
  forkFunctions,
  execFunctions,
  systemCallFunctions,
  timeFunctions,
  calendarFunctions,
  environmentFunctions,
  localeFunctions,
  multibyteFunctions,
  wideStringFunctions,
  wideStdioFunctions,
  searchFunctions,
  regexFunctions,
  readinessFunctions,
  languageFactFunctions,
  fnmatchFunctions,
  messageFunctions,
  machineFactFunctions,
  networkAddressFunctions,
  getoptFunctions,
  errorReportFunctions,
  numberFunctions,
  withExceptions(mathFunctions),
  withExceptions(exactMathFunctions),
  fenvFunctions,
  mathExtensionFunctions,
  longDoubleFunctions,
  elementaryLongDoubleFunctions,
  longDoubleComplexFunctions,
  longDoubleExtensionFunctions,
  argzFunctions,
  obstackFunctions,
  streamStateFunctions,
  processorSetFunctions,
  ethernetAddressFunctions,
  complexFunctions,
  pthreadFunctions,
  attributeFunctions,
  cancellationFunctions,
  mutexFunctions,
  conditionFunctions,
  barrierFunctions,
  rwlockFunctions,
  semaphoreFunctions,
  c11ThreadFunctions,
];

const named: ReadonlyMap<string, LibcFunction> = new Map(tables.flatMap((table) => Object.entries(table)));

/** Functions that take a locale as their last argument: the locales differ in what is said by setlocale only. */
const withLocale: readonly [string, LibcFunction][] = [...named]
  .filter(([name]) => /^(is|to)(w?[a-z]+)$|^(str|wcs)(to[a-z]+|n?casecmp|coll|xfrm|ftime)$/.test(name))
  .map(([name, { signature, call }]) => [`${name}_l`, { signature: `${signature}p`, call }]);

/** Second names of functions in libc. */
const secondNames: Readonly<Record<string, string>> = {
  __argz_count: 'argz_count',
  __argz_create: 'argz_create',
  __argz_extract: 'argz_extract',
  __argz_next: 'argz_next',
  __argz_stringify: 'argz_stringify',
  __asprintf: 'asprintf',
  __dcgettext: 'dcgettext',
  __dgettext: 'dgettext',
  __getdelim: 'getdelim',
  __getpagesize: 'getpagesize',
  __mbrlen: 'mbrlen',
  __mempcpy: 'mempcpy',
  __stpcpy: 'stpcpy',
  __stpncpy: 'stpncpy',
  __sysconf: 'sysconf',
  mkostemp64: 'mkostemp',
  mkostemps64: 'mkostemps',
  mkstemps64: 'mkstemps',
};

const byOtherName = Object.entries(secondNames).flatMap(([name, other]): [string, LibcFunction][] => {
  const found = named.get(other);
  return found === undefined ? [] : [[name, found]];
});

/** All that are modelled, by name. */
export const libcFunctions: ReadonlyMap<string, LibcFunction> = new Map([
  ...withLocale,
  ...byOtherName,
  ...named,
]);

/** The function of this name, or `undefined` when libc has none that is modelled. */
export const libcFunction = (name: string): LibcFunction | undefined => libcFunctions.get(name);
