import { connect } from "node:net";
import type { CheckSpec, Reading } from "../../model/check.ts";
import type { Clock } from "../../model/time.ts";

/** Whether anybody out there answers: else what fails over the network says nothing about its target. */
export interface Network {
  /** Asks the references, at most every few seconds. True when one answers, and when none is named. */
  up(references: readonly string[]): Promise<boolean>;
  /** The reading, or unknown in its place while no reference answers. */
  doubted(reading: Reading, spec: CheckSpec, references: readonly string[]): Promise<Reading>;
}

const WITHIN_MS = 2_000;
/** An answer holds for so long, nanoseconds. */
const FRESH = 5_000_000_000n;

const partsOf = (place: string): { readonly host: string; readonly port: number } => {
  const at = place.lastIndexOf(":");
  return { host: place.slice(0, at).replace(/^\[(.*)\]$/, "$1"), port: Number(place.slice(at + 1)) };
};

/** A connection that is refused came back from there: the network is there. */
function answers(place: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ ...partsOf(place), timeout: WITHIN_MS });
  const end = (up: boolean) => () => {
    resolve(up);
    socket.destroy();
  };
  socket.once("connect", end(true));
  socket.once("timeout", end(false));
  socket.once("error", (error: NodeJS.ErrnoException) => end(error.code === "ECONNREFUSED")());
  return promise;
}

/** Something on this very machine needs no network. */
const isHere = (params: unknown): boolean =>
  /\/\/localhost\b|\b127\.\d|\[::1\]|"::1"|"localhost"/.test(JSON.stringify(params ?? ""));

export function makeNetwork(clock: Pick<Clock, "monotonic">, isLight: (kind: string) => boolean): Network {
  let asked: { readonly at: bigint; readonly of: string; readonly up: Promise<boolean> } | undefined;
  const up = (references: readonly string[]): Promise<boolean> => {
    if (references.length === 0) return Promise.resolve(true);
    const of = references.join(" ");
    if (asked && asked.of === of && clock.monotonic() - asked.at < FRESH) return asked.up;
    const found = Promise.all(references.map(answers)).then((all) => all.some(Boolean));
    asked = { at: clock.monotonic(), of, up: found };
    return found;
  };
  return {
    up,
    doubted: async (reading, spec, references) => {
      if (reading.outcome !== "fail" || references.length === 0 || !isLight(spec.kind) || isHere(spec.params))
        return reading;
      if (await up(references)) return reading;
      const { value: _, unit: __, bands: ___, elevated: ____, ...rest } = reading;
      return { ...rest, outcome: "unknown", reason: "own-network", args: { references: references.join(", ") } };
    },
  };
}
