import { WatchbookError } from "../model/error.ts";
import type { Reach, TargetSpec } from "../model/target.ts";
import { ReachError } from "../model/target.ts";
import type { SchemaIssue } from "../model/schema.ts";
import { brokenRule, wantedForm } from "../model/wanted.ts";
import type { House } from "./house.ts";

/** How long letting go of all targets may hold up the end of a run, milliseconds. */
const CLOSE_MS = 2_000;

/** `port: 123`: where it is wrong, and the form it must have or the rule it breaks. */
export function issueText(issue: SchemaIssue): string {
  const wanted = brokenRule(issue) ?? wantedForm(issue) ?? issue.message;
  return issue.path.length === 0 ? wanted : `${issue.path.map(String).join(".")}: ${wanted}`;
}

/** Hands on targets, each opened once on first use and let go together. A name that is not listed is a kind's own. */
export class Reaches implements AsyncDisposable {
  readonly #open = new Map<string, Promise<Reach>>();
  readonly #house: Pick<House, "registry" | "clock">;
  readonly #targets: readonly Pick<TargetSpec, "name" | "kind" | "params">[];
  readonly #root: string;
  #ended = false;

  constructor(
    house: Pick<House, "registry" | "clock">,
    targets: readonly Pick<TargetSpec, "name" | "kind" | "params">[],
    root: string,
  ) {
    this.#house = house;
    this.#targets = targets;
    this.#root = root;
  }

  /** Rejects with ReachError `unreachable` when the target cannot be opened; the next call tries again. */
  get(name: string): Promise<Reach> {
    const known = this.#open.get(name);
    if (known) return known;
    const opening = this.#start(name);
    this.#open.set(name, opening);
    opening.catch(() => this.#open.delete(name));
    // Asked for when all were let go of: nobody else lets go of this one.
    if (this.#ended) void this.#letGo(opening);
    return opening;
  }

  async #letGo(opening: Promise<Reach>): Promise<void> {
    const [opened] = await Promise.allSettled([opening]);
    if (opened.status === "fulfilled") await opened.value[Symbol.asyncDispose]();
  }

  async #start(name: string): Promise<Reach> {
    const spec = this.#targets.find((target) => target.name === name) ?? { name, kind: name, params: {} };
    const kind = this.#house.registry.targets.get(spec.kind);
    if (!kind) throw new ReachError("unreachable", `target ${name}: no kind ${spec.kind}`);
    const params = kind.params.safeParse(spec.params ?? {});
    if (!params.success)
      throw new ReachError("unreachable", `target ${name}: ${params.error.issues.map(issueText).join("; ")}`);
    this.#mustEnd(name);
    return kind.open(name, params.data, this.#root, (other) => this.get(other));
  }

  /** A target that lives on another (`over`) which in the end lives on itself would wait for itself. */
  #mustEnd(name: string): void {
    const seen = new Set<string>();
    for (let at: string | undefined = name; at !== undefined; at = this.#over(at)) {
      if (seen.has(at)) throw new WatchbookError("TARGET-OVER-ITSELF", { target: name, over: at });
      seen.add(at);
    }
  }

  #over(name: string): string | undefined {
    const params = this.#targets.find((target) => target.name === name)?.params;
    const over = typeof params === "object" && params !== null && "over" in params ? params.over : undefined;
    return typeof over === "string" ? over : undefined;
  }

  /** A target that never opened was said where it was asked; one that opens too late is let go when it does. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    const closed = Promise.allSettled(
      [...this.#open.values()].map((one) => one.then((reach) => reach[Symbol.asyncDispose]())),
    );
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const cancel = this.#house.clock.timer(CLOSE_MS, resolve);
    await Promise.race([closed, enough]);
    cancel();
  }
}
