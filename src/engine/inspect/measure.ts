import type { CheckSpec, Reading } from "../../model/check.ts";
import { ReachError } from "../../model/target.ts";
import type { Reach } from "../../model/target.ts";
import type { House, OpenBook } from "../house.ts";
import { issueText, probe } from "./probe.ts";

/** How long letting go of all targets may hold up the end of a run. */
const CLOSE_MS = 2_000;

/** Hands on targets, each opened once on first use and let go together. */
class Reaches implements AsyncDisposable {
  readonly #open = new Map<string, Promise<Reach>>();
  readonly #house: House;
  readonly #from: Pick<OpenBook, "book" | "root">;

  constructor(house: House, from: Pick<OpenBook, "book" | "root">) {
    this.#house = house;
    this.#from = from;
  }

  get(name: string): Promise<Reach> {
    const known = this.#open.get(name) ?? this.#start(name);
    this.#open.set(name, known);
    return known;
  }

  async #start(name: string): Promise<Reach> {
    const spec = this.#from.book.config.targets.find((target) => target.name === name) ?? {
      name,
      kind: name,
      params: {},
    };
    const kind = this.#house.registry.targets.get(spec.kind);
    if (!kind) throw new ReachError("unreachable", `target ${name}: no kind ${spec.kind}`);
    const params = kind.params.safeParse(spec.params ?? {});
    if (!params.success)
      throw new ReachError("unreachable", `target ${name}: ${params.error.issues.map(issueText).join("; ")}`);
    return kind.open(name, params.data, this.#from.root);
  }

  /** A target that never opened was said in its readings; one that opens too late is let go when it does. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = Promise.allSettled(
      [...this.#open.values()].map((one) => one.then((reach) => reach[Symbol.asyncDispose]())),
    );
    const enough = new AbortController();
    await Promise.race([closed, this.#house.clock.sleep(CLOSE_MS, enough.signal).catch(() => undefined)]);
    enough.abort();
  }
}

/**
 * Does all checks, at most `inFlight` at a time, in the order given; `onReading` hears of each as it ends. Gives a
 * reading per check whatever happens: what `stop` cuts off is unknown.
 */
export async function measure(
  house: House,
  open: OpenBook,
  checks: readonly CheckSpec[],
  options: { readonly inFlight: number; readonly stop: AbortSignal; onReading(reading: Reading): void },
): Promise<readonly Reading[]> {
  await using reaches = new Reaches(house, open);
  const readings: Reading[] = [];
  const waiting = checks.values();
  const worker = async (): Promise<void> => {
    for (const spec of waiting) {
      const reading = await probe(house, spec, () => reaches.get(spec.target ?? "local"), options.stop);
      readings.push(reading);
      options.onReading(reading);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.inFlight, checks.length) }, worker));
  return readings;
}
