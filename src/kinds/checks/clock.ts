import { readFileSync } from "node:fs";
import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { secondsBetween } from "../../model/time.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { exitCode, Unjudged } from "./answer/unjudged.ts";
import { askTime } from "./ntp/query.ts";
import { address } from "./params/address.ts";
import { duration } from "./params/duration.ts";
import { text } from "./proc/text.ts";

const params = z
  .strictObject({
    server: address
      .optional()
      .describe(
        "Time server `host:123` that is right, asked from where watchbook runs; absent: this machine's clock is.",
      ),
    within: duration.default(5).describe("No answer of the server within this time is a failure."),
  })
  .prefault({});

const BOOT = "/proc/sys/kernel/random/boot_id";

/** The target's clock minus ours and by how much that may be wrong, milliseconds. */
async function ahead({ reach, clock, signal }: CheckContext): Promise<{ offset: number; doubt: number }> {
  const [wall, begun] = [clock.wall(), clock.monotonic()];
  const { end, out } = await reach.exec(["date", "+%s.%N"], { signal, timeoutMs: 60_000 });
  const trip = secondsBetween(begun, clock.monotonic()) * 1_000;
  if (exitCode("date", end) !== 0 || !/^\d+\.\d+\s*$/.test(out))
    throw new Unjudged("unparsable", `date: ${out.trim()}`);
  return { offset: Number(out) * 1_000 - (wall + trip / 2), doubt: trip / 2 };
}

async function run({ server, within }: z.infer<typeof params>, context: CheckContext): Promise<Measured> {
  const { reach, clock, signal } = context;
  // Containers and the machine itself have our own clock: it says nothing about itself.
  const same = (await text(reach, BOOT)).trim() === readFileSync(BOOT, "utf8").trim();
  if (same && server === undefined) throw new Unjudged("absent", "server");
  const ours = server === undefined ? { offset: 0, doubt: 0 } : await askTime(server, within, clock, signal);
  const theirs = same ? { offset: 0, doubt: 0 } : await ahead(context);
  const offset = (ours.offset + theirs.offset) / 1_000;
  const doubt = (ours.doubt + theirs.doubt) / 1_000;
  const facts = {
    offset: rounded(offset, 4),
    doubt: rounded(doubt, 4),
    ...("stratum" in ours && { stratum: ours.stratum }),
  };
  // What lies within the doubt is no deviation that anybody saw.
  return { kind: "value", value: rounded(Math.max(0, Math.abs(offset) - doubt), 4), unit: "seconds", facts };
}

/** By how much a target's clock is off: the least that it can be, for what the way takes is taken off. */
export const clockCheck = defineCheck({
  kind: "clock",
  params,
  unit: "seconds",
  bands: { bad: "above", warn: 0.5, critical: 5 },
  run: guarded(run),
});
