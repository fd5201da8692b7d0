import { Resolver } from "node:dns/promises";
import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Measured } from "../../model/check.ts";
import { secondsBetween } from "../../model/time.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { duration } from "./params/duration.ts";

const TYPES = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"] as const;
const params = z.strictObject({
  name: z.string().min(1).max(253).describe("What is asked for."),
  type: z.enum(TYPES).default("A").describe("Kind of record."),
  server: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Address of the server that is asked, `192.0.2.1`, `192.0.2.1:5353` or `[::1]:53`; absent: this machine's.",
    ),
  equals: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe("Exactly these records, in any order: `mail.example.net` of `10 mail.example.net` is not enough."),
  has: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe("Records that must be among them."),
  within: duration.default(5).describe("No answer within this time is a failure of a server that was named."),
});
type Params = z.infer<typeof params>;

/** A record as a zone file has it, without the dot at the end. */
function written(record: unknown): string {
  if (typeof record === "string") return record.toLowerCase();
  if (Array.isArray(record)) return record.join("");
  const { priority, weight, port, name, exchange } = record as Record<string, string | number>;
  const words = exchange !== undefined ? [priority, exchange] : [priority, weight, port, name];
  return words.join(" ").toLowerCase();
}

/** What an answer without records means (RFC 1035 4.1.1; codes of c-ares). */
function refusal(error: NodeJS.ErrnoException, { name, type, server, within }: Params): Error {
  const at = server ?? "";
  if (error.code === "ENOTFOUND") return new Failing("dns-no-name", { name });
  if (error.code === "ENODATA") return new Failing("dns-no-record", { name, type });
  if (error.code === "ESERVFAIL" || error.code === "EREFUSED")
    return new Failing("dns-refused", { name, code: error.code });
  const detail = `${name} ${at} (${error.code})`;
  if (error.code === "ETIMEOUT")
    return server === undefined ? new Unjudged("timeout", detail) : new Failing("no-answer", { address: at, within });
  if (error.code === "ECONNREFUSED")
    return server === undefined ? new Unjudged("unreachable", detail) : new Failing("refused", { address: at });
  return typeof error.code === "string" ? new Unjudged("unparsable", detail) : error;
}

async function records(given: Params, signal: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: given.within * 500, tries: 2 });
  if (given.server !== undefined)
    try {
      resolver.setServers([given.server]);
    } catch {
      throw new Unjudged("bad-params", `server: ${given.server}`);
    }
  const stop = () => resolver.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const found = await resolver.resolve(given.name, given.type);
    return (found as readonly unknown[]).map(written).toSorted();
  } catch (error) {
    throw refusal(error as NodeJS.ErrnoException, given);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

const wanted = (given: string | readonly string[]): readonly string[] =>
  [given]
    .flat()
    .map((one) => one.toLowerCase().replace(/\.$/, ""))
    .toSorted();

async function run(given: Params, { clock, signal }: CheckContext): Promise<Measured> {
  const start = clock.monotonic();
  const found = await records(given, signal);
  const value = rounded(secondsBetween(start, clock.monotonic()), 4);
  const facts = { records: found.join(", "), seconds: value };
  const { name, equals, has } = given;
  if (equals !== undefined && wanted(equals).join("\n") !== found.join("\n"))
    throw new Failing("dns-differs", { name, found, wanted: wanted(equals) }, facts);
  const missing = wanted(has ?? []).filter((one) => !found.includes(one));
  if (missing.length > 0) throw new Failing("dns-differs", { name, found, wanted: missing }, facts);
  return { kind: "value", value, unit: "seconds", facts };
}

/** Whether a name has the records it must have; its value is the time until the answer. */
export const dnsCheck = defineCheck({
  kind: "dns",
  light: true,
  everyMs: SOON_MS,
  params,
  unit: "seconds",
  bands: { bad: "above", warn: 1, critical: 3 },
  run: guarded(run),
});
