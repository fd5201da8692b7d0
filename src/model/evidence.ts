import type { Verdict } from "./states.ts";

/** One line of events.jsonl. Everything a verdict depends on is an event. */
export interface EvidenceEvent {
  /** From 1, without holes. */
  readonly seq: number;
  /** Nanoseconds since the run began, monotonic, as a decimal string. */
  readonly mono_ns: string;
  /** Milliseconds since the epoch; a label. */
  readonly wall_ms: number;
  readonly boot_id: string;
  readonly actor: string;
  /** run.started, reading, tick, item, run.ended; later step.*, fault.*, ack.* */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Who and what made the evidence. */
export interface EvidenceOrigin {
  readonly host: string;
  readonly version: string;
  readonly book: { readonly digest: string; readonly commit: string | null; readonly dirty: boolean };
}

/** What a run hands to the recorder; the recorder makes the directory of recovery-and-evidence §4.2. */
export interface EvidenceInput {
  readonly id: string;
  readonly kind: "inspection" | "run" | "drill" | "incident";
  readonly title: string;
  readonly started: number;
  readonly ended: number;
  readonly mode: "execute" | "dry-run";
  /** Where the run stood; evidence may be written by a later start, of another manual, program or host name. */
  readonly origin?: EvidenceOrigin;
  readonly verdict: Verdict;
  readonly events: readonly EvidenceEvent[];
  /** Canonical facts: result.json. Plain JSON. */
  readonly result: Readonly<Record<string, unknown>>;
  /** KEY=VALUE lines in order: result.env. Seed keys first, then ours. */
  readonly env: readonly (readonly [string, string])[];
  /** result.md, already rendered. */
  readonly markdown: string;
  /** Digests of the things exercised: book, backup set, image. */
  readonly subjects: readonly { readonly name: string; readonly sha256: string }[];
  /** Files beside our own, by their name in the directory: what persons gave. */
  readonly attachments?: ReadonlyMap<string, Uint8Array>;
}

/** Where evidence went. */
export interface EvidencePlace {
  readonly directory: string;
  /** Index of its leaf in the log. */
  readonly leaf: number;
  readonly keyId: string;
}

/** `evidence verify --json`. */
export interface Verification {
  readonly verdict: Verdict | "refused";
  /** Why, as codes of i18n `evidence.reasons` with their values. */
  readonly reasons: readonly { readonly code: string; readonly args: Readonly<Record<string, string | number>> }[];
  readonly measured: Readonly<Record<string, number | string>>;
  readonly signedBy: string | null;
  /** Persons who signed it too, each with the fingerprint of the key. */
  readonly countersignedBy?: readonly string[];
  readonly logged: boolean;
}
