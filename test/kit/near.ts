import { join } from "node:path";

/** For a program of the source, before it: a third of its start would go into finding its modules. */
export const NEAR: readonly string[] = ["--import", join(import.meta.dirname, "..", "..", "scripts", "near.ts")];
