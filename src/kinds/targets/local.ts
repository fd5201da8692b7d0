import { cwd } from "node:process";
import { resolve } from "node:path";
import { z } from "zod";
import type { Reach, TargetKind } from "../../model/target.ts";
import { exec, type Place } from "./local/exec.ts";
import { files } from "./local/files.ts";

const params = z
  .strictObject({
    directory: z
      .string()
      .optional()
      .describe(
        "Where relative paths and commands start, itself relative to the book's root; default: the book's root.",
      ),
    path: z
      .array(z.string())
      .default([])
      .describe("Directories searched for commands before the system's; relative ones start in `directory`."),
    env: z.record(z.string(), z.string()).default({}).describe("Variables that commands find besides PATH and HOME."),
  })
  .prefault({});

type LocalParams = z.infer<typeof params>;

/** This machine. Commands get a fixed environment, their own process group and no input. */
export const localTarget: TargetKind<LocalParams> = {
  kind: "local",
  params,
  open: (name, params, root) => Promise.resolve(reach(name, params, root ?? cwd())),
};

function reach(target: string, params: LocalParams, root: string): Reach {
  const directory = resolve(root, params.directory ?? ".");
  const place: Place = { directory, path: params.path.map((part) => resolve(directory, part)), env: params.env };
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    target,
    exec: (argv, options = {}) => {
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
      const run = exec(argv, { ...options, signal }, place);
      running.add(run);
      return run.finally(() => running.delete(run));
    },
    ...files(directory),
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
