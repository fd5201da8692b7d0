import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FILES } from "../../evidence/record.ts";
import type { EvidenceEvent, EvidenceInput, EvidenceOrigin } from "../../model/evidence.ts";
import type { Inspection } from "../../model/inspection.ts";
import { utc } from "../../model/time.ts";
import type { Store } from "../../store/store.ts";
import { published } from "./keys.ts";

const count = (inspection: Inspection, outcome: string): string =>
  String(inspection.items.filter((item) => item.outcome === outcome).length);

/** A value that cannot break a KEY=VALUE line. */
const line = (value: string): string => value.replaceAll(/\s+/g, " ").trim();

/** Keys of result.env for an inspection. Format: docs/formats/evidence.md. */
export function envOf(inspection: Inspection): readonly (readonly [string, string])[] {
  const { place } = inspection;
  return [
    ["EVIDENCE_FORMAT", "watchbook-inspection/1"],
    ["RUN_ID", inspection.id],
    ["DUTY", line(inspection.duty)],
    ["PERIOD", line(inspection.period)],
    ["ZONE", inspection.zone],
    ["HOST", line(place.host)],
    ["OPERATOR", line(inspection.by)],
    ["MANUAL_DIGEST", place.bookDigest],
    ["MANUAL_COMMIT", place.commit ?? "none"],
    ["MANUAL_DIRTY", String(place.dirty)],
    ["WATCHBOOK_VERSION", place.version],
    ["STARTED_UTC", utc(inspection.started)],
    ["ENDED_UTC", utc(inspection.ended)],
    ["DURATION_SECONDS", inspection.seconds.toFixed(3)],
    ["CLOCK_SOURCE", "monotonic"],
    ["DRY_RUN", "false"],
    ["INTERRUPTED", String(inspection.interrupted === true)],
    ...(inspection.answers === undefined ? [] : [["ANSWERS_RUN", inspection.answers] as const]),
    ["ITEMS_TOTAL", String(inspection.items.length)],
    ["ITEMS_PASS", count(inspection, "pass")],
    ["ITEMS_WARN", count(inspection, "warn")],
    ["ITEMS_FAIL", count(inspection, "fail")],
    ["ITEMS_UNKNOWN", count(inspection, "unknown")],
    ["ITEMS_OPEN", count(inspection, "open")],
    ["VERDICT", inspection.verdict],
  ];
}

const originOf = ({ place }: Inspection): EvidenceOrigin => ({
  host: place.host,
  version: place.version,
  book: { digest: place.bookDigest, commit: place.commit ?? null, dirty: place.dirty },
});

/**
 * The signed statement of the run that was answered: ties the restated readings to the evidence of their measuring.
 * None when that evidence is not written or was removed.
 */
export async function answeredSubject(store: Store, run: Inspection): Promise<EvidenceInput["subjects"]> {
  if (run.answers === undefined) return [];
  const { evidence } = await published(store, run.answers);
  const statement = evidence && (await textIfThere(join(evidence.directory, FILES.statement)));
  if (statement === undefined) return [];
  return [{ name: "answered run", sha256: createHash("sha256").update(statement).digest("hex") }];
}

async function textIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** What the recorder gets: everything the verdict depends on is in `events`. */
export const evidenceOf = (
  inspection: Inspection,
  events: readonly EvidenceEvent[],
  markdown: string,
  others: EvidenceInput["subjects"] = [],
): EvidenceInput => ({
  id: inspection.id,
  kind: "inspection",
  title: inspection.title,
  started: inspection.started,
  ended: inspection.ended,
  mode: "execute",
  origin: originOf(inspection),
  verdict: inspection.verdict,
  events,
  result: { format: "watchbook-inspection/1", ...inspection },
  env: envOf(inspection),
  markdown,
  subjects: [{ name: "book", sha256: inspection.place.bookDigest.replace(/^sha256:/, "") }, ...others],
});
