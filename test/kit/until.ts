import { waited } from "./waited.ts";

/** Waits until something is so; fails after a minute: machines are busy. */
export const until = async (isSo: () => boolean | Promise<boolean>, what = "it never came"): Promise<void> =>
  void (await waited(what, isSo));
