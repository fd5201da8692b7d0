/** The only place of the console that asks what time it is: milliseconds since the epoch, by the reader's machine. */
export const wallNow = (): number => Date.now();

/** Milliseconds that only grow, for ages: a machine's clock may be set while the page is open. */
export const tickNow = (): number => performance.now();
