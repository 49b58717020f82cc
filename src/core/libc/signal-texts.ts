/**
 * The words of strsignal and psignal.
 *
 * Source: `strsignal(n)` and `sigabbrev_np(n)` of glibc 2.36 in the "C" locale.
 */
const names: readonly (readonly [abbreviation: string, description: string])[] = [
  ['HUP', 'Hangup'],
  ['INT', 'Interrupt'],
  ['QUIT', 'Quit'],
  ['ILL', 'Illegal instruction'],
  ['TRAP', 'Trace/breakpoint trap'],
  ['ABRT', 'Aborted'],
  ['BUS', 'Bus error'],
  ['FPE', 'Floating point exception'],
  ['KILL', 'Killed'],
  ['USR1', 'User defined signal 1'],
  ['SEGV', 'Segmentation fault'],
  ['USR2', 'User defined signal 2'],
  ['PIPE', 'Broken pipe'],
  ['ALRM', 'Alarm clock'],
  ['TERM', 'Terminated'],
  ['STKFLT', 'Stack fault'],
  ['CHLD', 'Child exited'],
  ['CONT', 'Continued'],
  ['STOP', 'Stopped (signal)'],
  ['TSTP', 'Stopped'],
  ['TTIN', 'Stopped (tty input)'],
  ['TTOU', 'Stopped (tty output)'],
  ['URG', 'Urgent I/O condition'],
  ['XCPU', 'CPU time limit exceeded'],
  ['XFSZ', 'File size limit exceeded'],
  ['VTALRM', 'Virtual timer expired'],
  ['PROF', 'Profiling timer expired'],
  ['WINCH', 'Window changed'],
  ['POLL', 'I/O possible'],
  ['PWR', 'Power failure'],
  ['SYS', 'Bad system call'],
];

const SIGRTMIN = 34;
const SIGRTMAX = 64;

/** What a signal means; undefined for one that has no name. */
export const signalDescription = (signal: number): string | undefined => names[signal - 1]?.[1];

/** A signal's name without SIG. */
export const signalAbbreviation = (signal: number): string | undefined => names[signal - 1]?.[0];

/** The text of strsignal. */
export function strsignalText(signal: number): string {
  if (signal >= SIGRTMIN && signal <= SIGRTMAX) return `Real-time signal ${String(signal - SIGRTMIN)}`;
  return signalDescription(signal) ?? `Unknown signal ${String(signal)}`;
}
