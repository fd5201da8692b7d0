import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { excerpt } from "./answer/text.ts";
import { exitCode, Unjudged } from "./answer/unjudged.ts";
import { duration } from "./params/duration.ts";

const params = z.strictObject({
  host: z
    .string()
    .regex(/^[A-Za-z0-9:][A-Za-z0-9.:_-]*$/, "host")
    .describe("Name or address, asked from the target."),
  count: z.int().min(1).max(100).default(3).describe("Packets, half a second apart."),
  measure: z.enum(["loss", "time"]).default("loss").describe("The share of packets that were lost, or the mean time."),
  within: duration.default(5).describe("What has not come back by then is lost."),
});

/** ping(8) of iputils and of busybox: what it sent, what came back, and how long that took. */
function read(out: string): { sent: number; back: number; seconds: number | undefined } | undefined {
  const [, sent, back] = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(out) ?? [];
  if (sent === undefined || back === undefined) return undefined;
  const [, mean] = /min\/avg\/max(?:\/mdev)? = [\d.]+\/([\d.]+)\//.exec(out) ?? [];
  return { sent: Number(sent), back: Number(back), seconds: mean === undefined ? undefined : Number(mean) / 1_000 };
}

async function run({ host, count, measure, within }: z.infer<typeof params>, context: CheckContext): Promise<Measured> {
  const argv = ["ping", "-n", "-q", "-i", "0.5", "-c", `${count}`, "-w", `${Math.ceil(within)}`, host];
  const { end, out, err } = await context.reach.exec(argv, { signal: context.signal, timeoutMs: 600_000 });
  const code = exitCode("ping", end);
  const found = read(out);
  if (/not known|bad address|Name or service|No address associated/i.test(err))
    throw new Failing("name-unknown", { address: host });
  if (/permitted|denied/i.test(err)) throw new Unjudged("no-permission", excerpt(err, 80));
  if (/unreachable/i.test(err)) throw new Unjudged("unreachable", excerpt(err, 80));
  if (!found) throw new Unjudged("unparsable", `ping: ${excerpt(err || out, 80) || code}`);
  const facts = {
    tried: found.sent,
    answered: found.back,
    ...(found.seconds !== undefined && { seconds: found.seconds }),
  };
  if (found.back === 0) throw new Failing("no-answer", { address: host, within }, facts);
  const loss = (100 * (found.sent - found.back)) / found.sent;
  if (measure === "loss") return { kind: "value", value: Number(loss.toFixed(1)), unit: "%", facts };
  if (found.seconds === undefined) throw new Unjudged("unparsable", `ping: ${excerpt(out, 80)}`);
  return { kind: "value", value: found.seconds, unit: "seconds", facts };
}

/** Whether a host answers ICMP echo requests (RFC 792), by the target's own ping(8). */
export const pingCheck = defineCheck({
  kind: "ping",
  params,
  bands: { bad: "above", warn: 10, critical: 50 },
  run: guarded(run),
});
