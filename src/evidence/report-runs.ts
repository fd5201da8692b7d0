import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseCheckpoint } from "./checkpoint.ts";
import { readCanonical } from "./canonical.ts";
import { readPlain } from "./disk.ts";
import { entryOf } from "./entry.ts";
import { logFolder, readCheckpoint } from "./log.ts";
import { FILES } from "./record.ts";
import { objectOf } from "./shape.ts";
import { readEntries } from "./tiles.ts";

type Fields = Readonly<Record<string, unknown>>;

/** `YYYYMMDD` of an instant (milliseconds since the epoch) in an IANA zone; "" where either is none. */
export function dayIn(at: number, zone: unknown): string {
  const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    const timeZone = typeof zone === "string" ? zone : "UTC";
    return new Intl.DateTimeFormat("en-CA", { timeZone, ...day }).format(at).replaceAll("-", "");
  } catch (error) {
    if (error instanceof RangeError) return "";
    throw error;
  }
}

/** Time, slug and end of an evidence path. */
const PATH = /^\d{4}\/\d\d\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-(.+)-[0-9a-f]{4,64}$/u;

interface Begun {
  readonly slug: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

function begunOf(path: string): Begun | undefined {
  const found = PATH.exec(path);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  return { slug: found[7]!, at: Date.UTC(year!, month! - 1, day, hour, minute, second) };
}

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** The signed facts of a logged run, where its directory still holds what was logged; undefined otherwise. */
function factsOf(directory: string, digest: string): Fields | undefined {
  if (!existsSync(directory)) return undefined;
  const [statement, result] = [FILES.statement, FILES.json].map((name) => readPlain(join(directory, name), name));
  if (!statement || !result || sha256(statement) !== digest) return undefined;
  const { payload } = JSON.parse(statement.toString("utf8")) as { payload: string };
  if (!Buffer.from(payload, "base64").toString("utf8").includes(sha256(result))) return undefined;
  return objectOf(readCanonical(result.toString("utf8"), FILES.json), FILES.json);
}

/**
 * Paths of runs of the same duty and period that the log of `root` has and `named` has not. A run whose directory is gone or
 * changed counts when it began on a day of the named ones.
 */
export function runsLeftOut(root: string, named: ReadonlyMap<string, Fields>): readonly string[] {
  const note = readCheckpoint(root);
  if (note === undefined) return [];
  const kin = [...named].map(([path, facts]) => ({ ...begunOf(path), facts }));
  return readEntries(logFolder(root), parseCheckpoint(note, "log/checkpoint").size).flatMap((entry) => {
    const { digest, file } = entryOf(entry) ?? { digest: "", file: "" };
    const path = file.replace(/\/[^/]+$/, "");
    const begun = begunOf(path);
    const like = kin.filter(({ slug, facts }) => slug === begun?.slug && facts["period"] !== undefined);
    if (!begun || like.length === 0 || named.has(path)) return [];
    const own = factsOf(join(root, path), digest);
    const same = like.some(({ at, facts }) =>
      own === undefined
        ? at !== undefined && dayIn(begun.at, facts["zone"]) === dayIn(at, facts["zone"])
        : own["duty"] === facts["duty"] && own["period"] === facts["period"],
    );
    return same ? [path] : [];
  });
}
