import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Verification } from "../model/evidence.ts";
import type { Demands } from "./demands.ts";
import { digestIn, readPlain } from "./disk.ts";
import { FILES } from "./files.ts";
import { listEvidence } from "./list.ts";
import { reason, Refusal } from "./refusal.ts";
import { verifyDirectory } from "./verify.ts";

/** Names of outputs that are digests of files: `RESULT_SHA256`. */
const DIGEST = /_SHA256$/;

interface Given {
  readonly directory: string;
  readonly step: string;
}

/** The step of these events that ended well and gave the digest; nothing is believed yet. */
function stepIn(events: string, digest: string): string | undefined {
  for (const line of events.split("\n")) {
    if (!line.includes(digest)) continue;
    const { type, data } = JSON.parse(line) as { readonly type?: unknown; readonly data?: Record<string, unknown> };
    const { ending, purpose, step, outputs } = data ?? {};
    if (type !== "outcome" || ending !== "ok" || purpose !== "do" || typeof step !== "string") continue;
    const given = Object.entries((outputs ?? {}) as Record<string, unknown>);
    if (given.some(([name, value]) => DIGEST.test(name) && value === digest)) return step;
  }
  return undefined;
}

/** The newest run below these roots that gave the digest out. */
function giverOf(digest: string, roots: readonly string[]): Given | undefined {
  for (const directory of roots.filter((root) => existsSync(root)).flatMap(listEvidence)) {
    try {
      const events = readPlain(join(directory, FILES.events), FILES.events)?.toString("utf8") ?? "";
      const step = events.includes(digest) ? stepIn(events, digest) : undefined;
      if (step !== undefined) return { directory, step };
    } catch (error) {
      // What cannot be read gave nothing; `evidence verify` of it says why.
      if (!(error instanceof Refusal) && !(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/**
 * A file that a run made, and whose digest one of its steps gave out as an output `…_SHA256`: as good as the evidence of
 * that run, which is verified whole. Undefined when no run below the roots knows these bytes.
 */
export function verifyDigest(path: string, demands: Demands): Verification | undefined {
  const digest = digestIn(path);
  const found = digest === undefined ? undefined : giverOf(digest, demands.roots);
  if (!found) return undefined;
  const verification = verifyDirectory(found.directory, demands);
  return { ...verification, reasons: [...verification.reasons, reason("digest-given", { step: found.step })] };
}
