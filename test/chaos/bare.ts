import { z } from "zod";
import { defineStep } from "../../src/model/step.ts";

const params = z.strictObject({ script: z.string() });

/** A stand-in for every kind of step that leaves no receipt: after a crash nothing can be known of it. */
export const bareStep = defineStep<z.infer<typeof params>>({
  kind: "bare",
  params,
  view: ({ script }) => ({ command: script, risk: "unknown", sudo: false }),
  perform: async ({ script }, { reach, env, timeoutMs, signal, attempt }) => {
    const { step, target, purpose, number } = attempt;
    const name = `${step}@${target}.${purpose}.${number}`;
    const { end } = await reach.exec(["bash", "-euc", script], {
      env: { ...env, WATCHBOOK_ATTEMPT: name },
      timeoutMs,
      signal,
    });
    if (end.kind === "exit" && end.code === 0) return { ending: "ok", seconds: 0 };
    return { ending: end.kind === "exit" ? "failed" : "unknown", seconds: 0, reason: end.kind };
  },
});
