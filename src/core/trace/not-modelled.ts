/** The answer to what the simulation does not cover: never a wrong result. */

/** The program asked for something that exists in real life and is not modelled. `what` names it, in English. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
  readonly what: string;
  constructor(what: string) {
    super(`not modelled: ${what}`);
    this.what = what;
  }
}
