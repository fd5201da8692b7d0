import { z } from "zod";
import { defineCheck, type CheckContext, type Facts, type Measured } from "../../model/check.ts";
import type { Reach } from "../../model/target.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass, rounded } from "./answer/measured.ts";
import { bounded } from "../../model/pattern.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { contentOf, madeAt, type Entry } from "./newest/entry.ts";
import { duration, durationText } from "./params/duration.ts";
import { regex } from "./params/regex.ts";
import { size, sizeText } from "./params/size.ts";

const isZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
};

const params = z.strictObject({
  directory: z.string().min(1).describe("Directory whose entries (files or directories) are the backups."),
  pattern: regex
    .optional()
    .describe(
      "Regular expression on the names that count; default: all but hidden and unfinished ones (.tmp, .part, .partial).",
    ),
  maxAge: duration
    .default(90_000)
    .describe("Greatest age of the newest entry; default 25 h: daily, and an hour to run."),
  minSize: size
    .default(1)
    .describe("Least size of the newest entry, a directory with all it holds: an empty one is no backup."),
  minCount: z.int().nonnegative().default(1).describe("Fewest entries there must be."),
  zone: z.string().refine(isZone, "zone").optional().describe("Time zone of dates in names; default: this machine's."),
});

type Params = z.infer<typeof params>;

const UNFINISHED = /^\.|\.(tmp|part|partial|incomplete)$/i;

async function entries(
  reach: Reach,
  given: Params,
  zone: string,
): Promise<readonly (Entry & { readonly dated: boolean })[]> {
  const names = (await reach.list(given.directory)).filter((name) => !UNFINISHED.test(name));
  const { pattern } = given;
  const wanted =
    pattern === undefined ? names : bounded(pattern, () => names.filter((name) => new RegExp(pattern, "u").test(name)));
  if (wanted.length > 10_000) throw new Unjudged("too-large", given.directory);
  const found: (Entry & { readonly dated: boolean })[] = [];
  for (const name of wanted)
    found.push({ name, ...madeAt(name, (await reach.stat(`${given.directory}/${name}`)).modified, zone) });
  // Where names carry dates, what has none (a lock, a log of the backup tool) is no backup.
  const dated = found.filter((entry) => entry.dated);
  return (dated.length > 0 ? dated : found).toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
}

async function run(given: Params, { reach, clock }: CheckContext): Promise<Measured> {
  const zone = given.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = await entries(reach, given, zone);
  const [newest] = all;
  if (!newest) throw new Failing("newest-none", { directory: given.directory });
  const age = (clock.wall() - newest.at) / 1_000;
  const { bytes, files } = await contentOf(reach, `${given.directory}/${newest.name}`);
  const facts: Facts = { newest: newest.name, age: rounded(age, 0), size: bytes, files, entries: all.length };
  const said = { directory: given.directory, newest: newest.name, age: durationText(age), size: sizeText(bytes) };
  if (bytes < given.minSize) throw new Failing("newest-empty", { ...said, wanted: sizeText(given.minSize) }, facts);
  if (age > given.maxAge) throw new Failing("newest-old", { ...said, wanted: durationText(given.maxAge) }, facts);
  // A day's date may lie ahead of the clock by the length of a day, never by more.
  if (age < -86_400) throw new Failing("newest-future", said, facts);
  if (all.length < given.minCount)
    throw new Failing("newest-few", { ...said, count: all.length, wanted: given.minCount }, facts);
  return pass("newest-fresh", said, facts, { value: facts["age"] as number, unit: "seconds" });
}

/** The newest backup of a directory: by the date in its name, or by its last change; an empty one is none. */
export const newestCheck = defineCheck({ kind: "newest", params, unit: "seconds", run: guarded(run) });
