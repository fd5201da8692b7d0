import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { ReachError, type FileStat, type Reach } from "../../model/target.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass } from "./answer/measured.ts";
import { exitCode, Unjudged } from "./answer/unjudged.ts";
import { ownerId } from "./file/owner.ts";

const name = z.union([z.string().min(1), z.int().nonnegative()]);
const octal = z.string().regex(/^0?[0-7]{3,4}$/, "mode");
const row = z
  .strictObject({
    path: z.string().min(1).describe("File or directory."),
    kind: z.enum(["file", "directory"]).optional().describe("What it must be."),
    owner: name.optional().describe("Owner, name or number."),
    group: name.optional().describe("Group, name or number."),
    mode: octal.optional().describe("Exact permissions, octal: `0600`."),
    maxMode: octal.optional().describe("Permissions it may have at most, octal: `0640` forbids any right of others."),
    below: z
      .boolean()
      .default(false)
      .describe("true: everything below a directory must have the same owner, group and greatest permissions too."),
    optional: z.boolean().default(false).describe("true: it may be absent."),
  })
  .refine(
    ({ kind, owner, group, mode, maxMode }) => [kind, owner, group, mode, maxMode].some((each) => each !== undefined),
    "row-demand",
  );
const params = z.strictObject({
  paths: z.array(row).min(1).max(256).describe("The permission list, one row per path."),
});
type Row = z.infer<typeof row>;

/** One row against what is there: `wrong` in the form `PATH: FOUND → WANTED`. */
type Judged = { readonly wrong?: string; readonly unseen?: string };

const bits = (mode: number): string => mode.toString(8).padStart(4, "0");

async function statOf(reach: Reach, path: string): Promise<FileStat | "absent" | "unseen"> {
  try {
    return await reach.stat(path);
  } catch (error) {
    if (error instanceof ReachError && error.reason === "absent") return "absent";
    if (error instanceof ReachError && error.reason === "no-permission") return "unseen";
    throw error;
  }
}

interface Ids {
  readonly owner: number | undefined;
  readonly group: number | undefined;
}

const differs = (found: FileStat, wanted: Row, { owner, group }: Ids): boolean =>
  (wanted.kind !== undefined && found.kind !== wanted.kind) ||
  (owner !== undefined && owner !== found.uid) ||
  (group !== undefined && group !== found.gid) ||
  (wanted.mode !== undefined && Number.parseInt(wanted.mode, 8) !== found.mode) ||
  (wanted.maxMode !== undefined && (found.mode & ~Number.parseInt(wanted.maxMode, 8)) !== 0);

/** As a row of the list would have it: `directory mattermost:mattermost 0750`. */
const wish = ({ kind, owner, group, mode, maxMode }: Row): string =>
  [
    kind,
    owner !== undefined || group !== undefined ? `${owner ?? "*"}:${group ?? "*"}` : undefined,
    mode ?? (maxMode && `≤${maxMode}`),
  ]
    .filter((part) => part !== undefined)
    .join(" ");

/** The first thing below a directory that is not as the directory must be; symbolic links have no rights of their own. */
async function strayBelow(wanted: Row, { owner, group }: Ids, context: CheckContext): Promise<string | undefined> {
  const tests = [
    ...(owner === undefined ? [] : [["!", "-uid", `${owner}`]]),
    ...(group === undefined ? [] : [["!", "-gid", `${group}`]]),
    ...(wanted.maxMode === undefined ? [] : [["-perm", `/${bits(0o7777 & ~Number.parseInt(wanted.maxMode, 8))}`]]),
  ].flatMap((each, at) => (at === 0 ? each : ["-o", ...each]));
  if (tests.length === 0) return undefined;
  const argv = ["find", wanted.path, "-xdev", "!", "-type", "l", "(", ...tests, ")", "-print", "-quit"];
  const { end, out } = await context.reach.exec(argv, { signal: context.signal, timeoutMs: 60_000 });
  const code = exitCode("find", end);
  const [stray = ""] = out.split("\n");
  if (stray === "" && code !== 0) throw new ReachError("no-permission", wanted.path);
  return stray === "" ? undefined : stray;
}

async function judge(wanted: Row, context: CheckContext): Promise<Judged> {
  const { path } = wanted;
  const { reach } = context;
  const found = await statOf(reach, path);
  if (found === "unseen") return { unseen: path };
  if (found === "absent" || found.kind === "symlink")
    return found === "absent" && wanted.optional ? {} : { wrong: `${path}: - → ${wish(wanted)}` };
  const ids = {
    owner: await ownerId(reach, "/etc/passwd", wanted.owner),
    group: await ownerId(reach, "/etc/group", wanted.group),
  };
  if (differs(found, wanted, ids))
    return { wrong: `${path}: ${found.kind} ${found.uid}:${found.gid} ${bits(found.mode)} → ${wish(wanted)}` };
  if (!wanted.below || found.kind !== "directory") return {};
  const stray = await strayBelow(wanted, ids, context);
  return stray === undefined ? {} : { wrong: `${stray} → ${wish(wanted)}` };
}

async function run({ paths }: z.infer<typeof params>, context: CheckContext): Promise<Measured> {
  const judged: Judged[] = [];
  for (const each of paths) {
    context.signal.throwIfAborted();
    judged.push(await judge(each, context));
  }
  const wrong = judged.flatMap((each) => each.wrong ?? []);
  const unseen = judged.flatMap((each) => each.unseen ?? []);
  const facts = { tried: paths.length, failed: wrong.length };
  if (wrong.length > 0)
    throw new Failing("permissions-wrong", { count: wrong.length, detail: wrong.join("; ") }, facts);
  if (unseen.length > 0) throw new Unjudged("no-permission", unseen.join(", "), facts);
  return pass("permissions-right", { count: paths.length }, facts, { value: 0, unit: "count" });
}

/** The manual's list of who may do what to which file: every row is looked at, every wrong one is named. */
export const permissionsCheck = defineCheck({ kind: "permissions", params, unit: "count", run: guarded(run) });
