/** Calls of which no call instruction remains; the walk over live code asks, too. */
export { isInlinedCall, nameOfCallee } from '../sema/inlined-calls.ts';
