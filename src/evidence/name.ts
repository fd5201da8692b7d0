import { createHash } from "node:crypto";
import type { EvidenceInput } from "../model/evidence.ts";
import { utc } from "../model/time.ts";

/** Letters and digits of any script stay, everything else becomes one dash; at most 40 characters. */
export const slugOf = (title: string): string => {
  const words = title
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  const short = Array.from(words).slice(0, 40).join("");
  return short.replaceAll(/^-+|-+$/g, "") || "run";
};

/** `20261120T083300Z` */
const stamp = (wall: number): string => `${utc(wall).slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

/**
 * Where a run's evidence lies below the root: `2026/11/20261120T083300Z-<slug>-7f3a`, the time in UTC. The end is the
 * beginning of SHA-256 of the run's id; `digits` of it, more where two runs would meet. The same run, the same path.
 */
export function evidencePath(input: Pick<EvidenceInput, "id" | "title" | "started">, digits = 4): string {
  const time = stamp(input.started);
  const tail = createHash("sha256").update(input.id).digest("hex").slice(0, digits);
  return `${time.slice(0, 4)}/${time.slice(4, 6)}/${time}-${slugOf(input.title)}-${tail}`;
}

/** Such a path inside a text, for example a report. */
export const EVIDENCE_PATH = /\d{4}\/\d\d\/\d{8}T\d{6}Z-[\p{L}\p{N}-]+-[0-9a-f]{4,64}/gu;
