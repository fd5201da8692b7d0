import { waited } from "../kit/waited.ts";

/** Waits until `look` gives something; processes are started and killed meanwhile, so it gives up only after minutes. */
export const until = <T>(what: string, look: () => T | undefined | false): Promise<T> => waited(what, look, 150_000);
