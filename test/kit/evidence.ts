import { join } from "node:path";
import type { EvidenceEvent, EvidenceInput, EvidencePlace } from "../../src/model/evidence.ts";
import type { Verification } from "../../src/model/evidence.ts";
import type { Verdict } from "../../src/model/states.ts";
import { publicKeyFile, publicKeyFromPem } from "../../src/evidence/key.ts";
import type { Demands } from "../../src/evidence/demands.ts";
import { recordEvidence, type Recorder } from "../../src/evidence/record.ts";
import { verifyDirectory } from "../../src/evidence/verify.ts";
import { readFileSync } from "node:fs";

export const STARTED = Date.UTC(2026, 10, 20, 8, 33, 0, 250);
export const DIGEST = `sha256:${"ab".repeat(32)}`;
const COMMIT = "1234567890abcdef1234567890abcdef12345678";

/** A recorder with its root and keys below one folder. */
export const recorder = (folder: string, more: Partial<Recorder> = {}): Recorder => ({
  root: join(folder, "evidence"),
  keys: join(folder, "keys"),
  origin: { host: "gate-1", version: "0.1.0", book: { digest: DIGEST, commit: COMMIT, dirty: false } },
  ...more,
});

type Draft = readonly [type: string, data: Readonly<Record<string, unknown>>];

/** Events of a run of three items: CPU and disk measured, the door looked at by a person. */
export function eventsOf(
  id: string,
  verdict: Verdict = "pass",
  more: { cpu?: number; drafts?: readonly Draft[] } = {},
): EvidenceEvent[] {
  const cpu = more.cpu ?? 41.5;
  const cpuOutcome = cpu >= 90 ? "fail" : cpu >= 70 ? "warn" : "pass";
  const bands = { bad: "above", warn: 70, critical: 90 };
  const drafts: readonly Draft[] = more.drafts ?? [
    [
      "run.started",
      { id, duty: "daily", period: "2026-11-20", by: "li", host: "gate-1", book: DIGEST, commit: COMMIT, dirty: false },
    ],
    [
      "reading",
      {
        check: "cpu",
        target: "local",
        outcome: cpuOutcome,
        value: cpu,
        unit: "%",
        bands,
        reason: "value",
        args: {},
        seconds: 0.2,
      },
    ],
    [
      "reading",
      {
        check: "disk",
        target: "local",
        outcome: "pass",
        value: 12,
        unit: "%",
        bands,
        reason: "value",
        args: {},
        seconds: 0.1,
      },
    ],
    ["tick", { item: "door", by: "li", at: STARTED + 900, outcome: "pass" }],
    [
      "item",
      { id: "resources", text: "CPU / 磁盘", outcome: cpuOutcome, readings: ["cpu@local", "disk@local"], needs: false },
    ],
    ["item", { id: "door", text: "机房门", outcome: "pass", readings: [], needs: false }],
    ["run.ended", { verdict, seconds: 1.25, interrupted: false }],
  ];
  return drafts.map(([type, data], index) => ({
    seq: index + 1,
    mono_ns: String(index * 200_000_000),
    wall_ms: STARTED + index * 200,
    boot_id: "b00t",
    actor: "li",
    type,
    data,
  }));
}

/** A whole input; `env` pairs are put before our own keys. */
export function inputOf(id: string, more: Partial<EvidenceInput> & { cpu?: number } = {}): EvidenceInput {
  const { cpu, env = [], ...rest } = more;
  const mode = more.mode ?? "execute";
  const verdict = more.verdict ?? (mode === "dry-run" ? "rehearsal" : (cpu ?? 0) >= 90 ? "fail" : "pass");
  const events = eventsOf(id, verdict, cpu === undefined ? {} : { cpu });
  const items = events
    .filter(({ type }) => type === "item")
    .map(({ data }) => ({ id: data["id"], outcome: data["outcome"] }));
  return {
    id,
    kind: "inspection",
    title: "每日巡检 daily",
    started: STARTED,
    ended: STARTED + 1250,
    mode,
    verdict,
    events,
    result: { id, verdict, items, note: "a “quoted” line\nand 中文" },
    markdown: `# 每日巡检\n\n| CPU | 41.5 % |\n\nrun ${id}\n`,
    subjects: [{ name: "book", sha256: "ab".repeat(32) }],
    ...rest,
    env: [
      ...env,
      ["EVIDENCE_FORMAT", "watchbook-inspection/1"],
      ["RUN_ID", id],
      ["CLOCK_SOURCE", "monotonic"],
      ["DRY_RUN", String(mode === "dry-run")],
      ["VERDICT", verdict],
    ],
  };
}

export const record = (to: Recorder, id: string, more: Parameters<typeof inputOf>[1] = {}): Promise<EvidencePlace> =>
  recordEvidence(to, inputOf(id, more));

/** Demands that trust the recorder's own key. */
export const trusting = (to: Recorder, more: Partial<Demands> = {}): Demands => ({
  trust: { signers: [{ name: "gate-1", key: publicKeyFromPem(readFileSync(publicKeyFile(to.keys))) }] },
  limits: {},
  pins: { now: STARTED + 60_000 },
  roots: [to.root],
  ...more,
});

export const verify = (to: Recorder, place: EvidencePlace | string, more: Partial<Demands> = {}): Verification =>
  verifyDirectory(typeof place === "string" ? place : place.directory, trusting(to, more));

/** Codes of the reasons, for short assertions. */
export const codes = (verification: Verification): string[] => verification.reasons.map(({ code }) => code);
