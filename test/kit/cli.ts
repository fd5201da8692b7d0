import type { TestContext } from "node:test";
import { called, start, type Ended, type Started } from "./wb.ts";

type T = Pick<TestContext, "after">;

/** The real command line in a process of its own, in `cwd`, as a user there would call it. */
export const begin = (t: T, args: readonly string[], cwd: string): Started => start(t, called(args), { cwd });

export const cli = (t: T, args: readonly string[], cwd: string): Promise<Ended> => begin(t, args, cwd).ended;
