import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { agreeName } from "../../src/model/backup-names.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import type { StepContext } from "../../src/model/step.ts";
import { done, place, said, type Place } from "../suites/step-context.ts";

/** A part as watchbook.yaml has it. */
export interface PartGiven {
  readonly id: string;
  readonly kind: string;
  readonly with: Readonly<Record<string, unknown>>;
}

export interface Pair {
  readonly rows: string;
  readonly query: string;
  readonly files: string;
}

/** One run of a backup or a restore, step by step as the plan has them. */
export interface Bench {
  readonly here: Place;
  readonly into: string;
  readonly places: string;
  /** Takes a set; the end of each step by its id. Ends at the first that is not ok; its undo is done in any case. */
  take(over?: { readonly prune?: object }): Promise<Taken>;
  /** Restores into a place of its own; `look` runs while everything is up. */
  restore(
    values?: { readonly SET?: string; readonly TO?: string; readonly FROM?: string },
    look?: (seen: Restored) => Promise<void> | void,
  ): Promise<Taken>;
  examine(part: string, set?: string): Promise<AttemptEnd>;
  context(run: string, step: string, env?: Readonly<Record<string, string>>): StepContext;
}

export interface Taken {
  readonly run: string;
  /** `ok`, or how and why the first step that was not ok ended. */
  readonly end: string;
  readonly at: string;
  readonly args: AttemptEnd["args"];
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Restored {
  readonly outputs: Readonly<Record<string, string>>;
  readonly place: string;
}

export interface BenchParts {
  readonly parts: readonly PartGiven[];
  readonly agree?: readonly Pair[];
  readonly secret?: StepContext["secret"];
  /** Absolute folders; default: below a temporary one. */
  readonly into?: string;
  readonly limit?: number;
  /** Second places, as `restore-find` takes them. */
  readonly also?: readonly object[];
  /** Variables of the target. */
  readonly env?: Record<string, string>;
}

let clock = 0;
/** Names sort by the order in which they were made. */
const runName = (): string => `r20261120-${String(100_000 + (clock += 1))}-${randomBytes(4).toString("hex")}`;

type Step = readonly [id: string, kind: string, given: object];

export async function backupBench(t: TestContext, given: BenchParts): Promise<Bench> {
  const here = await place(t, given.env);
  // A database has a user of its own, who must get through to its copy.
  chmodSync(here.root, 0o711);
  const into = given.into ?? join(here.root, "sets");
  const places = join(here.root, "places");
  mkdirSync(places, { mode: 0o711 });
  const { parts, agree = [], secret, also = [] } = given;
  const at = { set: "shop", into, sudo: false };
  const of = (id: string) => {
    const { kind, with: params } = parts.find((part) => part.id === id)!;
    return { part: id, kind, with: params };
  };
  const context: Bench["context"] = (run, step, env = {}) =>
    here.context({ env, ...(secret && { secret }), timeoutMs: 300_000 }, { run, step });

  async function walk(run: string, steps: readonly Step[], first: Readonly<Record<string, string>>) {
    const outputs: Record<string, string> = { ...first };
    for (const [id, kind, params] of steps) {
      const end = await done(kind, { ...at, ...params }, context(run, id, outputs));
      if (end.ending !== "ok") return { run, end: said(end), at: id, args: end.args, outputs };
      Object.assign(outputs, end.outputs);
    }
    return { run, end: "ok", at: "", args: undefined, outputs };
  }
  const undo = (run: string, [id, kind, params]: Step) =>
    done(
      kind,
      { ...at, ...params },
      { ...context(run, id), attempt: { run, step: id, target: "here", purpose: "undo", number: 1 } },
    );

  async function take({ prune }: { readonly prune?: object } = {}): Promise<Taken> {
    const run = runName();
    const begin: Step = ["begin", "backup-begin", { parts }];
    const asked = ({ rows, query, files }: Pair) => ({ ...of(rows), query, files });
    const found = await walk(
      run,
      [
        begin,
        ...agree.map((pair): Step => [`rows-${pair.files}`, "backup-rows", asked(pair)]),
        ...parts.map(({ id }): Step => [`take-${id}`, "backup-take", of(id)]),
        ...agree.map((pair, index): Step => [
          `agree-${pair.files}`,
          "backup-agree",
          { ...asked(pair), root: of(pair.files), output: agreeName(index + 1) },
        ]),
        [
          "seal",
          "backup-seal",
          { parts: parts.map(({ id }) => id), agree: agree.map(({ rows, files }) => ({ rows, files })) },
        ],
        ...(prune ? [["prune", "backup-prune", { keep: prune }] as const] : []),
      ],
      {},
    );
    const ended = await undo(run, begin);
    if (ended.ending !== "ok") throw new Error(`the backup was not ended: ${said(ended)}`);
    return found;
  }

  async function restore(
    {
      SET = "latest",
      TO = "latest",
      FROM = "1",
    }: { readonly SET?: string; readonly TO?: string; readonly FROM?: string } = {},
    look: (seen: Restored) => Promise<void> | void = () => undefined,
  ): Promise<Taken> {
    const run = runName();
    const find: Step = ["find", "restore-find", { parts, place: places, also, limit: given.limit ?? 600 }];
    const steps: readonly Step[] = [
      find,
      ...(also.length > 0 ? [["fetch", "restore-fetch", { place: places, also }] as const] : []),
      ...parts.map(({ id }): Step => [`restore-${id}`, "restore-part", { ...of(id), place: places }]),
      ...parts.map(({ id }): Step => [`start-${id}`, "restore-start", { ...of(id), place: places }]),
      ...agree.map(({ rows, query, files }): Step => [
        `agree-${files}`,
        "restore-agree",
        { ...of(rows), query, files, root: of(files), place: places },
      ]),
    ];
    const whole = async (): Promise<Taken> => {
      const found = await walk(run, steps, { SET, TO, FROM });
      if (found.end !== "ok") return found;
      await look({ outputs: found.outputs, place: join(places, run) });
      return walk(run, [["prove", "restore-prove", { place: places, also, probes: agree.length }]], found.outputs);
    };
    const cleared = async (): Promise<void> => {
      const ended = await undo(run, find);
      if (ended.ending !== "ok") throw new Error(`the restore was not cleared away: ${said(ended)}`);
    };
    let taken: Taken;
    try {
      taken = await whole();
    } catch (error) {
      await cleared();
      throw error;
    }
    await cleared();
    return taken;
  }

  return {
    here,
    into,
    places,
    take,
    restore,
    context,
    examine: (part, set = "latest") =>
      done("backup-examine", { ...at, ...of(part) }, context(runName(), `examine-${part}`, { SET: set, TO: "latest" })),
  };
}
