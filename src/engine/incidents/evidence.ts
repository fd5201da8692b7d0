import { judgeFacts } from "../../evidence/recompute/incident.ts";
import type { EvidenceEvent, EvidenceInput } from "../../model/evidence.ts";
import { clocksNow } from "../../model/incident-clocks.ts";
import type { Incident } from "../../model/incident.ts";
import { utc } from "../../model/time.ts";
import { bootId } from "../boot.ts";
import type { House, OpenBook } from "../house.ts";

/** Closed, and its evidence is not written yet. */
export const isOwed = ({ state, evidence }: Incident): boolean => state === "closed" && evidence === undefined;

type Line = Pick<EvidenceEvent, "type" | "actor" | "data"> & { readonly at: number };

/** Lines as events: numbered, by the time that clocks showed, never backwards. */
function eventsOf(lines: readonly Line[]): readonly EvidenceEvent[] {
  const start = lines[0]!.at;
  let mono = 0n;
  return lines.map(({ at, type, actor, data }, index) => {
    const passed = BigInt(Math.max(0, Math.trunc(at - start))) * 1_000_000n;
    if (passed > mono) mono = passed;
    return { seq: index + 1, mono_ns: String(mono), wall_ms: at, boot_id: bootId(), actor, type, data };
  });
}

/** Everything that its verdict depends on, and its timeline, hidden lines and first words too. */
function linesOf(incident: Incident, { book, commit }: OpenBook, host: string, verdict: string): readonly Line[] {
  const { id, title, priority, clocks, path, readings, word, alerts, origin, declared, timeline, review } = incident;
  const about = { id, host, book: book.digest, commit: commit ?? null, title, priority };
  const facts = { clocks, path, readings, alerts, origin, ...(word && { word }) };
  const ended = review?.held ?? declared;
  return [
    { at: declared, type: "run.started", actor: incident.by, data: about },
    ...timeline.map((entry) => ({
      at: entry.at,
      type: "incident.line",
      actor: entry.by ?? "watchbook",
      data: { ...entry },
    })),
    { at: ended, type: "incident.facts", actor: "watchbook", data: facts },
    { at: ended, type: "run.ended", actor: review?.by ?? "watchbook", data: { verdict } },
  ];
}

/** A value that cannot break a KEY=VALUE line. */
const line = (value: string): string => value.replaceAll(/\s+/g, " ").trim();

function envOf(incident: Incident, { book, commit, dirty }: OpenBook, house: House, verdict: string) {
  const { id, priority, clocks, review, service = "", declared } = incident;
  const seconds = clocksNow(incident, clocks.resolved ?? declared).flatMap(({ clock, limitMs, usedMs }) => [
    [`${clock.toUpperCase()}_LIMIT_SECONDS`, (limitMs / 1000).toFixed(3)] as const,
    [`${clock.toUpperCase()}_SECONDS`, (usedMs / 1000).toFixed(3)] as const,
  ]);
  return [
    ["EVIDENCE_FORMAT", "watchbook-incident/1"],
    ["RUN_ID", id],
    ["PRIORITY", line(priority)],
    ["SERVICE", line(service)],
    ["HOST", line(house.host)],
    ["OPERATOR", line(review?.by ?? "")],
    ["MANUAL_DIGEST", book.digest],
    ["MANUAL_COMMIT", commit ?? "none"],
    ["MANUAL_DIRTY", String(dirty)],
    ["WATCHBOOK_VERSION", house.version],
    ["DETECTED_UTC", utc(clocks.since)],
    ["STARTED_UTC", utc(declared)],
    ["ENDED_UTC", utc(review?.held ?? declared)],
    ["CLOCK_SOURCE", "wall"],
    ["DRY_RUN", String(incident.simulated === true)],
    ...seconds,
    ["VERDICT", verdict],
  ] as const;
}

/** Signs and logs what a closed incident leaves; gives the absolute path of its evidence. A second time it is the first one's. */
export async function publishIncident(house: House, open: OpenBook, incident: Incident): Promise<string> {
  const { book, commit = null, dirty } = open;
  const mode: EvidenceInput["mode"] = incident.simulated ? "dry-run" : "execute";
  // Through JSON once: what is absent is absent, as a reader will find it.
  const plain = JSON.parse(JSON.stringify(incident)) as Incident;
  const runs = await Promise.all(incident.runs.map((run) => house.store.run(run)));
  const { verdict, items } = judgeFacts(plain, mode);
  const events = eventsOf(linesOf(plain, open, house.host, verdict));
  const { directory } = await house.record(open, {
    ...{ id: incident.id, kind: "incident", title: incident.title, mode, verdict, events },
    ...{ started: incident.declared, ended: incident.review?.held ?? incident.declared },
    origin: { host: house.host, version: house.version, book: { digest: book.digest, commit, dirty } },
    result: { format: "watchbook-incident/1", incident: { ...plain }, id: incident.id, verdict, items },
    env: envOf(plain, open, house, verdict),
    markdown:
      house.incidentPage?.(
        open,
        plain,
        runs.flatMap((run) => run?.record ?? []),
      ) ?? `# ${incident.id}\n`,
    subjects: [{ name: "book", sha256: book.digest.replace(/^sha256:/, "") }],
  });
  return directory;
}
