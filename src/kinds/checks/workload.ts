import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass } from "./answer/measured.ts";
import { excerpt } from "./answer/text.ts";
import { Unjudged } from "./answer/unjudged.ts";

const params = z
  .strictObject({
    names: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe("Units, services or workloads of the target, as its kind names them; absent: all that belong to it."),
  })
  .prefault({});

async function run({ names }: z.infer<typeof params>, { reach, signal }: CheckContext): Promise<Measured> {
  const { driver } = reach;
  if (!driver) throw new Unjudged("no-driver", reach.target);
  const asked = names === undefined ? undefined : [names].flat();
  const [health, seen] = [await driver.health(asked, signal), await driver.observe(asked, signal)];
  const running = seen.filter(({ state }) => state === "running").length;
  const facts = { running, tried: seen.length };
  const detail = excerpt(health.reasons.join("; "), 200);
  if (health.outcome === "fail") throw new Failing("workload-unwell", { detail }, facts);
  if (health.outcome === "unknown") throw new Unjudged("unsettled", detail, facts);
  return pass("workload-well", { running, names: seen.map(({ name }) => name) }, facts);
}

/** Whether what runs on a target is well, by whoever manages it there: systemd, Compose, Kubernetes. */
export const workloadCheck = defineCheck({ kind: "workload", params, run: guarded(run) });
