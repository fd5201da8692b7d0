import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { fail, rounded } from "./answer/measured.ts";
import { dial } from "./net/dial.ts";
import { address, addressText, type Address } from "./params/address.ts";
import { duration } from "./params/duration.ts";

const params = z.strictObject({
  address: z
    .union([address, z.array(address).min(1).max(64)])
    .describe("`host:port`, or a list of them that must all answer; IPv6 as `[::1]:port`."),
  within: duration.default(5).describe("No connection within this time is a failure."),
  linger: duration.default(0.2).describe("How long a connection must stay up: a full server accepts and hangs up."),
});

type Dialled =
  | { readonly address: Address; readonly seconds: number }
  | { readonly address: Address; readonly failing: Failing };

async function run(given: z.infer<typeof params>, { clock, signal }: CheckContext): Promise<Measured> {
  const limits = { within: given.within, linger: given.linger, signal };
  const dialled = await Promise.all(
    [given.address].flat().map(async (address): Promise<Dialled> => {
      try {
        return { address, seconds: await dial(address, limits, clock) };
      } catch (failing) {
        if (failing instanceof Failing) return { address, failing };
        throw failing;
      }
    }),
  );
  const failed = dialled.filter((each) => "failing" in each);
  const slowest = Math.max(0, ...dialled.map((each) => ("seconds" in each ? each.seconds : 0)));
  const facts = { tried: dialled.length, answered: dialled.length - failed.length };
  const [first] = failed;
  if (!first) return { kind: "value", value: rounded(slowest, 4), unit: "seconds", facts };
  const names = failed.map((each) => addressText(each.address));
  return fail(first.failing.reason, { ...first.failing.args, address: names }, { ...facts, failed: names.join(", ") });
}

/** Whether TCP ports accept and keep a connection; its value is the slowest connection's time. */
export const tcpCheck = defineCheck({
  kind: "tcp",
  light: true,
  everyMs: SOON_MS,
  params,
  unit: "seconds",
  bands: { bad: "above", warn: 1, critical: 5 },
  run: guarded(run),
});
