import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { excerpt } from "./answer/text.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { document } from "./http/expect.ts";
import { headers, url, valuesOf } from "./http/headers.ts";
import { place, request, type Answer } from "./http/request.ts";
import { duration } from "./params/duration.ts";
import { text } from "./proc/text.ts";

const params = z.strictObject({
  url: url.describe("Address of the other watchbook, as `serve` says it; asked from where this one runs."),
  headers: headers.describe(
    "Headers to send, for example its token; a secret as `{secret: name}`, never as its value.",
  ),
  clock: duration.default(60).describe("Clocks that are further apart than this are a failure."),
  within: duration.default(5).describe("No whole answer within this time is a failure."),
  ca: z.string().optional().describe("PEM file on the target with the authorities to trust instead of the machine's."),
});
type Params = z.infer<typeof params>;

const MOST = 262_144;

const age = z.number().nullable();
const answer = z.looseObject({
  status: z.enum(["ok", "degraded"]),
  at: z.number(),
  watching: z.boolean(),
  ages: z.looseObject({ reading: age, commit: age, heartbeat: age }),
  daemon: z.looseObject({ version: z.string(), host: z.string(), ill: z.looseObject({ say: z.string() }).nullable() }),
  book: z.looseObject({ state: z.string() }),
});
type Health = z.infer<typeof answer>;

/** What it says of itself; who else answers there is not it. */
function healthOf(found: Answer): Health {
  const at = place(found.url);
  if (found.status === 401 || found.status === 403) throw new Unjudged("no-permission", `${at} ${found.status}`);
  if (found.status !== 200 && found.status !== 503)
    throw new Failing("watchbook-gone", { url: at, status: found.status });
  const read = answer.safeParse(document(found));
  if (!read.success) throw new Unjudged("unparsable", `${at} status, ages`);
  return read.data;
}

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const to = new URL(given.url);
  to.pathname = `${to.pathname.replace(/\/+$/, "")}/health`;
  const began = context.clock.wall();
  const asked = {
    ...{ url: to, method: "GET" as const, within: given.within, redirects: 0, maxBytes: MOST },
    headers: await valuesOf(given.headers, context),
    ...(given.ca !== undefined && { ca: await text(context.reach, given.ca) }),
  };
  const found = await request(asked, context.clock, context.signal);
  const { at, ages, daemon, book, status, watching } = healthOf(found);
  // By half of the way that the answer took nobody can tell which clock is wrong.
  const apart = Math.max(0, Math.abs(at - began - (found.seconds * 1_000) / 2) / 1_000 - found.seconds / 2);
  const facts = {
    ...{ host: excerpt(daemon.host, 100), version: excerpt(daemon.version, 40), apart: rounded(apart, 1) },
    ...(ages.reading !== null && { reading: rounded(ages.reading, 1) }),
    ...(ages.commit !== null && { commit: rounded(ages.commit, 1) }),
    ...(ages.heartbeat !== null && { heartbeat: rounded(ages.heartbeat, 1) }),
  };
  const detail = excerpt(daemon.ill?.say ?? book.state, 200);
  if (!watching) throw new Failing("watchbook-blind", { host: facts.host, detail }, facts);
  if (status === "degraded") throw new Failing("watchbook-degraded", { host: facts.host, detail }, facts);
  if (apart > given.clock) throw new Failing("watchbook-clock", { host: facts.host, seconds: facts.apart }, facts);
  const oldest = Math.max(ages.reading ?? 0, ages.commit ?? 0);
  return { kind: "value", value: rounded(oldest, 1), unit: "seconds", facts };
}

/** A second watchbook that watches the first: how old its last reading or its last commit is, whichever is older. */
export const watchbookCheck = defineCheck({
  kind: "watchbook",
  light: true,
  everyMs: SOON_MS,
  params,
  unit: "seconds",
  bands: { bad: "above", warn: 180, critical: 600 },
  run: guarded(run),
});
