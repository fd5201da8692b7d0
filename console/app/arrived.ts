/** Waits before a part of the console is asked for again, milliseconds. */
const AGAIN: readonly number[] = [300, 1_000, 3_000];

/**
 * What a dynamic import gives. A file that did not arrive, as when the network changes under the page, is asked for again some
 * times; then the import's own error is thrown.
 */
export async function arrived<T>(part: () => Promise<T>): Promise<T> {
  for (const wait of AGAIN) {
    try {
      return await part();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return await part();
}
