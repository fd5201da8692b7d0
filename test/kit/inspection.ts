import { join } from "node:path";
import { z } from "zod";
import { emptyConfig } from "../../src/book/config/empty.ts";
import type { House, OpenBook } from "../../src/engine/house.ts";
import { recordEvidence } from "../../src/evidence/record.ts";
import { localTarget } from "../../src/kinds/targets/local.ts";
import type { Book, Statements } from "../../src/model/book.ts";
import type { CheckKind, CheckSpec, Measured } from "../../src/model/check.ts";
import { defineCheck } from "../../src/model/check.ts";
import type { Duty } from "../../src/model/duty.ts";
import type { Clock } from "../../src/model/time.ts";
import { evidencePage, makeReportWriter } from "../../src/report/inspection/index.ts";
import type { Store } from "../../src/store/store.ts";

const nothing: Statements = {
  blocks: [],
  artefacts: [],
  tables: [],
  duties: [],
  runbooks: [],
  objectives: [],
  thresholds: [],
  severities: [],
  rules: [],
  backups: [],
  logs: [],
  contacts: [],
  permissions: [],
  symptoms: [],
  history: [],
  environments: [],
  services: [],
  gates: [],
  prohibitions: [],
  readingOrder: [],
  namePatterns: [],
  channels: [],
  deliverables: [],
  requirements: [],
};

const source = (line: number) => ({ file: "manual.md", line });

/** An item judged by the checks named, or by a person when none is. */
export const item = (text: string, checks: readonly string[] = [], line = 10): Duty["items"][number] => ({
  id: text.toLowerCase().replaceAll(/\W+/g, "-") || `item-${line}`,
  text,
  source: source(line),
  checks,
  needs: [],
});

export const duty = (items: Duty["items"], more: Partial<Duty> = {}): Duty => ({
  id: "daily",
  title: "Daily checklist",
  source: source(8),
  kind: "inspection",
  every: "daily",
  items,
  ...more,
});

export const check = (id: string, params: unknown, more: Partial<CheckSpec> = {}): CheckSpec => ({
  id,
  title: `Title of ${id}`,
  kind: "given",
  params,
  source: source(30),
  ...more,
});

export const book = (more: Partial<Book>): Book => ({
  ...nothing,
  schema: 1,
  digest: `sha256:${"ab".repeat(32)}`,
  title: "Manual of a node",
  lang: "en",
  zone: "UTC",
  config: emptyConfig,
  documents: [],
  files: [],
  checks: [],
  findings: [],
  ...more,
});

export const opened = (root: string, more: Partial<Book>): OpenBook => ({ book: book(more), root, dirty: false });

/** A probe that gives what its params say: a value, a thrown error, or nothing until it is aborted. */
export const given = defineCheck({
  kind: "given",
  params: z.object({ value: z.number().optional(), throws: z.string().optional(), hangs: z.boolean().optional() }),
  unit: "%",
  run: async (params, { signal }): Promise<Measured> => {
    if (params.throws !== undefined) throw new TypeError(params.throws);
    if (params.hangs)
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    return { kind: "value", value: params.value ?? 0, unit: "%" };
  },
});

/** A clock that stands still until it is set; sleeps end when time is moved over them. */
export class TestClock implements Clock {
  #wall: number;
  #mono = 0n;
  readonly #sleeps = new Set<{ readonly until: bigint; readonly wake: () => void }>();

  constructor(start: string) {
    this.#wall = Date.parse(start);
  }
  wall(): number {
    return this.#wall;
  }
  monotonic(): bigint {
    return this.#mono;
  }
  /** Moves both clocks on. */
  pass(ms: number): void {
    this.#wall += ms;
    this.#mono += BigInt(ms) * 1_000_000n;
    for (const sleep of this.#sleeps) if (sleep.until <= this.#mono) sleep.wake();
  }
  /** Sets the wall clock, as an operator or NTP does. */
  set(wall: string): void {
    this.#wall = Date.parse(wall);
  }
  /** How many wait. */
  sleeping(): number {
    return this.#sleeps.size;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const end = (settle: () => void): void => {
        this.#sleeps.delete(entry);
        signal?.removeEventListener("abort", stop);
        settle();
      };
      const stop = (): void => end(() => reject(signal!.reason as Error));
      const entry = { until: this.#mono + BigInt(ms) * 1_000_000n, wake: () => end(resolve) };
      this.#sleeps.add(entry);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }
  timer(ms: number, ring: () => void): () => void {
    const entry = {
      until: this.#mono + BigInt(ms) * 1_000_000n,
      wake: () => {
        this.#sleeps.delete(entry);
        ring();
      },
    };
    this.#sleeps.add(entry);
    return () => void this.#sleeps.delete(entry);
  }
}

/** A house with the real store, recorder and report writer over a folder, and the kinds given. */
export const house = (data: string, store: Store, clock: Clock, kinds: readonly CheckKind[] = []): House => ({
  registry: {
    checks: new Map<string, CheckKind>([given, ...kinds].map((kind) => [kind.kind, kind])),
    targets: new Map([[localTarget.kind, localTarget]]),
    steps: new Map(),
    faults: new Map(),
  },
  clock,
  store,
  data,
  host: "host-1",
  version: "0.0.1",
  secret: (reference) => Promise.reject(new Error(`no secret ${reference}`)),
  record: (open, input) => {
    const { book, commit = null, dirty } = open;
    const origin = { host: "host-1", version: "0.0.1", book: { digest: book.digest, commit, dirty } };
    return recordEvidence({ root: join(data, "evidence"), keys: join(data, "keys"), origin, clock }, input);
  },
  report: makeReportWriter(data),
  page: evidencePage,
  runPage: () => "",
});
