/**
 * Turns of the host's event loop: work that is long in all is done in pieces, between which the host answers others.
 */

/** Goes on in another turn, behind whatever waits already. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
