/**
 * The simulated clock and the allowance of loop iterations and calls, which are one thing: each of them takes one
 * nanosecond. A timer is a part of the allowance that is held back, so that the program stops when it fires; so is the end
 * of a thread's time slice.
 */

/** The simulated clock at the start of main: 2024-01-01 00:00:00 UTC, in seconds. */
const clockStart = 1704067200;

/** The module's global variable with what is left of the allowance. */
export interface FuelGauge {
  get(): number;
  set(fuel: number): void;
}

/** The clock of one process. */
export class FuelClock {
  /** There is none before the program can run: no time has passed then. */
  #gauge: FuelGauge | undefined;
  readonly #total: number;
  /** What the program may use besides what is in the gauge. */
  #heldBack = 0;
  /** Nanoseconds that passed by waiting. */
  #waited = 0;
  /** When the timer fires, in nanoseconds since main began. */
  #deadline: number | undefined;
  /** When the slice of the running thread is over, in processor time used. */
  #sliceEnd: number | undefined;

  /**
   * Makes a clock that stands still until the program runs.
   *
   * @param total - loop iterations and calls until the run is ended
   */
  constructor(total: number) {
    this.#total = Math.min(total, Number.MAX_SAFE_INTEGER);
  }

  /** Gives the program its allowance. */
  start(gauge: FuelGauge): void {
    this.#gauge = gauge;
    gauge.set(this.#total);
  }

  /** Loop iterations and calls so far: nanoseconds of processor time. */
  get used(): number {
    return this.#gauge === undefined ? 0 : this.#total - this.#gauge.get() - this.#heldBack;
  }

  /** Loop iterations and calls until the run is ended. */
  get left(): number {
    return this.#total - this.used;
  }

  /** Nanoseconds since main began. */
  get elapsed(): number {
    return this.#waited + this.used;
  }

  /** Nanoseconds since the epoch, as a number that is exact to some 250 of them. */
  get now(): number {
    return clockStart * 1e9 + this.elapsed;
  }

  /** Seconds since the epoch and nanoseconds. */
  read(): { readonly seconds: number; readonly nanoseconds: number } {
    const elapsed = this.elapsed;
    return { seconds: clockStart + Math.floor(elapsed / 1e9), nanoseconds: elapsed % 1e9 };
  }

  wait(nanoseconds: number): void {
    this.#waited += Math.max(0, Math.round(nanoseconds));
    this.#holdBack();
  }

  get deadline(): number | undefined {
    return this.#deadline;
  }

  /** Sets the timer, in nanoseconds since main began; `undefined` for none. */
  setDeadline(deadline: number | undefined): void {
    this.#deadline = deadline;
    this.#holdBack();
  }

  /**
   * Gives the running thread a time slice.
   *
   * @param fuel - loop iterations and calls, at least 1; `undefined` for no end
   */
  setSlice(fuel: number | undefined): void {
    this.#sliceEnd = fuel === undefined ? undefined : this.used + fuel;
    this.#holdBack();
  }

  /** Whether the gauge is empty, as it is when the program asks; when it asks again after a switch, it may not be. */
  get isEmpty(): boolean {
    return this.#gauge === undefined || this.#gauge.get() <= 0;
  }

  /** Whether the slice of the running thread is over: then a new one is given, to this thread or to another. */
  get isSliceOver(): boolean {
    return this.#sliceEnd !== undefined && this.used >= this.#sliceEnd;
  }

  /** The gauge is empty, no slice is over. @returns whether a timer fires; otherwise the allowance is used up */
  isTimer(): boolean {
    if (this.#gauge === undefined || this.#heldBack <= 0) return false;
    const fires = this.#deadline !== undefined && this.elapsed >= this.#deadline;
    this.#gauge.set(this.#gauge.get() + this.#heldBack);
    this.#heldBack = 0;
    if (!fires) this.#holdBack();
    return true;
  }

  /** Keeps in the gauge what the program may use until the timer fires or the slice is over. */
  #holdBack(): void {
    if (this.#gauge === undefined) return;
    const left = this.#gauge.get() + this.#heldBack;
    this.#heldBack = 0;
    const until: number[] = [];
    if (this.#deadline !== undefined) until.push(this.#deadline - this.#elapsedWith(left));
    if (this.#sliceEnd !== undefined) until.push(this.#sliceEnd - (this.#total - left));
    if (until.length > 0) this.#heldBack = Math.max(0, left - Math.max(0, Math.min(...until)));
    this.#gauge.set(left - this.#heldBack);
  }

  #elapsedWith(left: number): number {
    return this.#waited + this.#total - left;
  }
}
