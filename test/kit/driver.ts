// A stand-in for what runs on a target: versions by name, all in memory. Its place is where real engines are not needed.
import type { Action, Desired, Driver, Intention, Observed } from "../../src/model/driver.ts";
import { WatchbookError } from "../../src/model/error.ts";

export interface Pretend extends Driver {
  readonly versions: Record<string, string>;
  /** What `apply` and `undo` did, in order. */
  readonly did: string[];
  /** Outcomes that `health` gives, one after the other; the last stays. Default: pass. */
  health: Driver["health"];
  /** Called before anything is changed: may throw. */
  before: () => void;
}

export function pretend(versions: Record<string, string>): Pretend {
  const observe = (): readonly Observed[] =>
    Object.entries(versions).map(([name, version]) => ({
      name,
      kind: "thing",
      version,
      config: null,
      state: "running",
    }));
  const act = ({ name, version, restart }: Desired): Action => {
    const from = versions[name] ?? "-";
    const to = version ?? from;
    const what = from !== to ? "update" : restart === true ? "restart" : "none";
    return { name, what, from, to, command: `set ${name} ${to}`, risk: "write" };
  };
  const one: Pretend = {
    versions,
    did: [],
    before: () => undefined,
    observe: () => Promise.resolve(observe()),
    plan: (desired) => Promise.resolve({ actions: desired.map(act), before: observe(), undo: { ...versions } }),
    apply: (intention: Intention, _, log) => {
      one.before();
      if (JSON.stringify(intention.before) !== JSON.stringify(observe()))
        return Promise.reject(new WatchbookError("TARGET-CHANGED", {}));
      for (const { name, what, to } of intention.actions) {
        if (what === "none") continue;
        versions[name] = to;
        one.did.push(`${what} ${name} ${to}`);
        log(`${what} ${name}`);
      }
      return Promise.resolve();
    },
    health: () => Promise.resolve({ outcome: "pass", reasons: [] }),
    undo: ({ undo }) => {
      one.before();
      Object.assign(versions, undo);
      one.did.push("undo");
      return Promise.resolve();
    },
  };
  return one;
}
