import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { PlanFile, PlanParameter, PlanStep, PlanTarget } from "../../model/plan.ts";
import type { Registry } from "../../model/registry.ts";
import type { HandParts, HandView } from "../../model/step.ts";
import type { MissingList } from "./missing.ts";
import { OWN, OWN_MS } from "./settle.ts";

/** Behind the id of a step that programs do on some targets and a person on others: the person's. */
const BY_HAND = ".by-hand";

export interface ByHandParts {
  readonly steps: readonly PlanStep[];
  readonly others: readonly PlanStep[];
  readonly targets: readonly PlanTarget[];
  readonly files: readonly PlanFile[];
  readonly parameters: readonly PlanParameter[];
  /** Absolute path of the book's root. */
  readonly root: string;
  readonly registry: Registry;
  readonly missing: MissingList;
}

/**
 * The plan with every step that falls on a target with a seat turned into a manual one, its verify and undo too: shown
 * as the exact bytes to type, done and seen by a person. Where a step is done on other targets as well it becomes two,
 * the person's behind the programs'. What a person cannot do (a function of the book, a fault) is missing. Without such a
 * target nothing is changed.
 */
export async function byHand(parts: ByHandParts): Promise<Pick<ByHandParts, "steps" | "others">> {
  const { steps, others, targets } = parts;
  if (targets.every(({ seat }) => seat === undefined)) return { steps, others };
  return new Hands(parts, await contentsOf(parts)).split();
}

/** Contents of the plan's files, as long as they are what the plan binds. */
async function contentsOf({ files, root }: ByHandParts): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const { path, sha256 } of files) {
    const bytes = await readFile(resolve(root, path));
    if (createHash("sha256").update(bytes).digest("hex") === sha256) found.set(path, bytes);
  }
  return found;
}

class Hands {
  readonly #parts: ByHandParts;
  readonly #view: HandParts;
  /** Ids in `others` that steps done by programs need. */
  readonly #kept = new Set<string>();
  /** Persons' steps that verify and undo, by the id of what they stand for. */
  readonly #made = new Map<string, PlanStep>();

  constructor(parts: ByHandParts, contents: ReadonlyMap<string, Uint8Array>) {
    this.#parts = parts;
    const values = parts.parameters.filter(({ secret }) => !secret).map(({ name, value }) => [name, value] as const);
    this.#view = { file: (path) => contents.get(path), values: new Map(values) };
  }

  split(): Pick<ByHandParts, "steps" | "others"> {
    const places = this.#parts.steps.map((step) => ({ step, ...this.#placed(step) }));
    for (const { step, machine } of places) if (machine) this.#keep(step);
    const twice = new Set(places.filter(({ machine, hand }) => machine && hand).map(({ step }) => step.id));
    const steps = places.flatMap(({ step, machine, hand }) => [
      ...(machine ? [hand ? { ...step, targets: machine } : step] : []),
      ...(hand ? [this.#given(step, hand, twice)] : []),
    ]);
    return { steps, others: this.#parts.others.flatMap((one) => this.#beside(one)) };
  }

  /** Where programs do it, and where a person does; absent: nowhere. */
  #placed(step: PlanStep): { readonly machine?: readonly string[]; readonly hand?: readonly string[] } {
    const own = step.kind === "manual" ? step.verify === undefined && step.undo === undefined : OWN.has(step.kind);
    if (own || step.scope !== "target") return { machine: [] };
    const on = this.#parts.targets.filter(({ name }) => step.targets?.includes(name) ?? true);
    const names = (seated: boolean): readonly string[] =>
      on.filter(({ seat }) => (seat !== undefined) === seated).map(({ name }) => name);
    const [hand, machine] = [names(true), names(false)];
    return {
      ...((machine.length > 0 || hand.length === 0) && { machine }),
      ...(hand.length > 0 && { hand }),
    };
  }

  #other = (id: string | undefined): PlanStep | undefined => this.#parts.others.find((one) => one.id === id);

  #keep(step: PlanStep): void {
    for (const one of [this.#other(step.verify), this.#other(step.undo)]) {
      if (!one || this.#kept.has(one.id)) continue;
      this.#kept.add(one.id);
      this.#keep(one);
    }
  }

  /** A step of the row, on these targets. */
  #given(step: PlanStep, targets: readonly string[], twice: ReadonlySet<string>): PlanStep {
    const until = step.until !== undefined && twice.has(step.until) ? `${step.until}${BY_HAND}` : step.until;
    const all = this.#parts.targets.length === targets.length && step.targets === undefined;
    return {
      ...this.#manual(step),
      id: twice.has(step.id) ? `${step.id}${BY_HAND}` : step.id,
      ...(!all && { targets }),
      ...(until !== undefined && { until }),
    };
  }

  /** What stands beside the row: for programs, for a person, or both. */
  #beside(one: PlanStep): readonly PlanStep[] {
    const hand = this.#made.get(one.id);
    return [...(this.#kept.has(one.id) || !hand ? [one] : []), ...(hand ? [hand] : [])];
  }

  /** The id of the person's step that stands for this one; made when it is first needed. */
  #instead(id: string | undefined): string | undefined {
    const step = this.#other(id);
    if (!step) return id;
    if (OWN.has(step.kind) && step.verify === undefined) return id;
    const known = this.#made.get(step.id);
    const named = this.#kept.has(step.id) ? `${step.id}${BY_HAND}` : step.id;
    if (!known) this.#made.set(step.id, { ...this.#manual(step), id: named });
    return named;
  }

  #manual(step: PlanStep): PlanStep {
    const { retry: _, verify, undo, ...rest } = step;
    const [proof, back] = [this.#instead(verify), this.#instead(undo)];
    const linked = {
      ...rest,
      ...(proof !== undefined && { verify: proof }),
      ...(back !== undefined && { undo: back }),
    };
    if (OWN.has(step.kind)) return linked;
    const { command, expect } = this.#shown(step);
    const hand = { kind: step.kind, ...(expect && { expect }) };
    return { ...linked, kind: "manual", command, byHand: hand, timeoutMs: OWN_MS };
  }

  /** The bytes to type; a kind that has none is missing. */
  #shown(step: PlanStep): HandView {
    const kind = this.#parts.registry.steps.get(step.kind);
    const params = kind?.params.safeParse(step.params);
    // A kind or parameters that are wrong are missing already.
    if (!kind || !params?.success) return step;
    const view = kind.byHand?.(params.data, this.#view);
    if (view === "viewed") return { command: step.command };
    if (view) return view;
    const where = { step: step.id, ...(step.source && { source: step.source }) };
    this.#parts.missing.add("by-hand", { kind: step.kind }, where);
    return { command: step.command };
  }
}
