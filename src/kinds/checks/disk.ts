import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { room } from "./disk/room.ts";
import { duration } from "./params/duration.ts";
import { size } from "./params/size.ts";

const params = z
  .strictObject({
    path: z.string().min(1).default("/").describe("Any path on the file system, or the directory that has the quota."),
    quota: size
      .refine((bytes) => bytes > 0, "positive")
      .optional()
      .describe("What the directory tree at `path` may take; absent: the whole file system is measured."),
    of: z.enum(["space", "inodes"]).default("space").describe("Bytes, or the number of files there can be."),
    within: duration.default(30).describe("How long the size of a directory tree may take to find out."),
  })
  .prefault({});

async function run({ path, quota, of, within }: z.infer<typeof params>, context: CheckContext): Promise<Measured> {
  const found = await room(context.reach, path, quota, { signal: context.signal, timeoutMs: within * 1_000 });
  const { used, size } = of === "inodes" ? (found.inodes ?? { used: 0, size: 0 }) : found;
  if (size === 0) throw new Unjudged("unparsable", path);
  const inodes = found.inodes && { inodesUsed: rounded((100 * found.inodes.used) / found.inodes.size) };
  const facts = { path, used, size, ...inodes };
  return { kind: "value", value: rounded((100 * used) / size), unit: "%", facts };
}

/** Used share of a file system, or of a directory's quota. */
export const diskCheck = defineCheck({
  kind: "disk",
  params,
  unit: "%",
  bands: { bad: "above", warn: 80, critical: 90 },
  run: guarded(run),
});
