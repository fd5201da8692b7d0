import { WatchbookError } from "../model/error.ts";
import type { Verb } from "./verb.ts";

/** Verifies evidence, and shows its log and keys. */
export const evidence: Verb = {
  name: "evidence",
  words: "any",
  options: {
    "max-rto-seconds": { type: "string" },
    "max-rpo-events": { type: "string" },
    "max-rollback-seconds": { type: "string" },
    "max-failover-seconds": { type: "string" },
    "max-data-lag-events": { type: "string" },
    "require-fault-step": { type: "boolean" },
    compat: { type: "boolean" },
    "public-key": { type: "string" },
    "max-age": { type: "string" },
    host: { type: "string" },
    "book-commit": { type: "string" },
    checkpoint: { type: "string" },
    signatures: { type: "string" },
    rotate: { type: "boolean" },
    as: { type: "string" },
    key: { type: "string" },
    signature: { type: "string" },
    output: { type: "string", short: "o" },
  },
  run: async (call) => {
    const [what = "", ...rest] = call.positionals;
    if (what === "verify" && rest.length === 1) return (await import("./evidence/verify.ts")).verify(call, rest[0]!);
    if (what === "log" && rest.length === 0) return (await import("./evidence/log.ts")).log(call);
    if (what === "key" && rest.length === 0) return (await import("./evidence/key.ts")).key(call);
    if (what === "sign" && rest.length === 1) return (await import("./evidence/sign.ts")).sign(call, rest[0]!);
    if (what === "export" && rest.length === 1)
      return (await import("./evidence/export.ts")).exportBundle(call, rest[0]!);
    if (what === "show" && rest.length <= 1) return (await import("./evidence/show.ts")).show(call, rest[0]);
    throw new WatchbookError("EVIDENCE-USAGE", { given: call.positionals.join(" ") });
  },
};
