import { z } from "zod";
import { regex } from "./regex.ts";

const one = z.string().min(1);

/** Which processes are meant. With both, a pid file counts only while its process's command line matches. */
export const where = z
  .strictObject({
    pidFile: z
      .union([one, z.array(one).min(1)])
      .optional()
      .describe("File, or list of files, that holds a process id."),
    pattern: regex
      .optional()
      .describe("Regular expression on the whole command line; watchbook's own processes never match."),
    children: z.boolean().default(false).describe("Also the processes they started, at any depth."),
  })
  .refine((given) => given.pidFile !== undefined || given.pattern !== undefined, "pid-file-or-pattern");

export type Where = z.infer<typeof where>;
