import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import { ReachError, type FileStat, type Reach } from "../../model/target.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass, rounded } from "./answer/measured.ts";
import { ownerId } from "./file/owner.ts";
import { duration, durationText } from "./params/duration.ts";
import { size, sizeText } from "./params/size.ts";

const name = z.union([z.string().min(1), z.int().nonnegative()]);
const params = z.strictObject({
  path: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(256)]).describe("Path, or list of paths."),
  exists: z.boolean().default(true).describe("false: the path must not exist (a lock, a maintenance flag)."),
  kind: z.enum(["file", "directory"]).optional().describe("What it must be."),
  maxAge: duration.optional().describe("Longest time since its last change."),
  minSize: size.optional().describe("Least size."),
  maxSize: size.optional().describe("Greatest size."),
  mode: z
    .string()
    .regex(/^0?[0-7]{3,4}$/, "mode")
    .optional()
    .describe("Exact permissions, octal: `0600`."),
  maxMode: z
    .string()
    .regex(/^0?[0-7]{3,4}$/, "mode")
    .optional()
    .describe("Permissions it may have at most, octal: `0640` forbids any right of others."),
  owner: name.optional().describe("Owner, name or number."),
  group: name.optional().describe("Group, name or number."),
  measure: z
    .enum(["age", "size"])
    .optional()
    .describe("Give the bands the age (seconds) or the size (bytes) of the worst path."),
});

type Params = z.infer<typeof params>;

/** A clock may run a little ahead on the target. */
const FUTURE_MS = 60_000;
const octal = (mode: number): string => mode.toString(8).padStart(4, "0");

async function statOf(reach: Reach, path: string): Promise<FileStat | undefined> {
  try {
    return await reach.stat(path);
  } catch (error) {
    if (error instanceof ReachError && error.reason === "absent") return undefined;
    throw error;
  }
}

function expectMode({ mode }: FileStat, given: Params, path: string): void {
  const [exact, most] = [given.mode, given.maxMode].map((text) =>
    text === undefined ? undefined : Number.parseInt(text, 8),
  );
  if (exact !== undefined && mode !== exact)
    throw new Failing("file-mode", { path, mode: octal(mode), wanted: octal(exact) });
  if (most !== undefined && (mode & ~most) !== 0)
    throw new Failing("file-mode", { path, mode: octal(mode), wanted: octal(most) });
}

async function expectOwner({ uid, gid }: FileStat, given: Params, path: string, reach: Reach): Promise<void> {
  const [owner, group] = [
    await ownerId(reach, "/etc/passwd", given.owner),
    await ownerId(reach, "/etc/group", given.group),
  ];
  if (owner !== undefined && owner !== uid)
    throw new Failing("file-owner", { path, owner: uid, wanted: String(given.owner) });
  if (group !== undefined && group !== gid)
    throw new Failing("file-group", { path, group: gid, wanted: String(given.group) });
}

function expectAgeAndSize(found: FileStat, given: Params, path: string, now: number): void {
  const age = (now - found.modified) / 1_000;
  const { minSize, maxSize, maxAge } = given;
  const sizes = { path, size: sizeText(found.size) };
  if (minSize !== undefined && found.size < minSize)
    throw new Failing("file-small", { ...sizes, wanted: sizeText(minSize) });
  if (maxSize !== undefined && found.size > maxSize)
    throw new Failing("file-large", { ...sizes, wanted: sizeText(maxSize) });
  if (maxAge === undefined && given.measure !== "age") return;
  if (now + FUTURE_MS < found.modified) throw new Failing("file-future", { path, ahead: durationText(-age) });
  if (maxAge !== undefined && age > maxAge)
    throw new Failing("file-old", { path, age: durationText(age), wanted: durationText(maxAge) });
}

/** Looks at one path; throws Failing for the first thing that is wrong. */
async function look(path: string, given: Params, reach: Reach, now: number): Promise<FileStat | undefined> {
  const found = await statOf(reach, path);
  if (!given.exists) {
    if (found) throw new Failing("file-present", { path });
    return undefined;
  }
  if (!found || found.kind === "symlink") throw new Failing(found ? "file-dangling" : "file-absent", { path });
  if (given.kind !== undefined && found.kind !== given.kind)
    throw new Failing("file-kind", { path, kind: found.kind, wanted: given.kind });
  expectMode(found, given, path);
  await expectOwner(found, given, path, reach);
  expectAgeAndSize(found, given, path, now);
  return found;
}

async function run(given: Params, { reach, clock }: CheckContext): Promise<Measured> {
  const now = clock.wall();
  const paths = [given.path].flat();
  const found: FileStat[] = [];
  for (const path of paths) {
    const stat = await look(path, given, reach, now);
    if (stat) found.push(stat);
  }
  if (found.length === 0) return pass("file-not-there", { path: paths }, {});
  const age = rounded(Math.max(...found.map((each) => (now - each.modified) / 1_000)), 1);
  const bytes = Math.max(...found.map((each) => each.size));
  const facts: Facts = { files: found.length, age, size: bytes };
  if (given.measure === undefined) return pass("file-right", { path: paths }, facts, { value: age, unit: "seconds" });
  return given.measure === "age"
    ? { kind: "value", value: age, unit: "seconds", facts }
    : { kind: "value", value: bytes, unit: "bytes", facts };
}

/** Existence, age, size, kind, permissions and owner of files and directories. */
export const fileCheck = defineCheck({ kind: "file", everyMs: SOON_MS, params, unit: "seconds", run: guarded(run) });
