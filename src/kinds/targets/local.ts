import { cwd } from "node:process";
import { z } from "zod";
import type { TargetKind } from "../../model/target.ts";
import { localReach } from "./local/reach.ts";

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
  open: (name, params, root) => Promise.resolve(localReach(name, params, root ?? cwd())),
};
