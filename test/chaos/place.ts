// A target whose effects are counted: a folder with its effects, its receipts and its boot id.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PlanTarget } from "../../src/model/plan.ts";
import type { Sshd } from "../kit/sshd.ts";
import { signal } from "../kit/signal.ts";

export interface Place {
  readonly name: string;
  readonly kind: string;
  readonly params: unknown;
  /** Lines of effects so far. */
  lines(): readonly string[];
  /** A process of this attempt runs there; `attempt` is the last part of its mark. */
  runs(run: string, attempt: string): boolean;
  /** Notes that the process that drives the runs was killed now. */
  killed(): void;
  /** Everything that runs there ends at once, and the boot id is another one. */
  reboot(): Promise<void>;
}

/** Processes whose environment holds all of these variables; those of others cannot be asked and are not ours. */
export function processesWith(...variables: readonly string[]): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      const there = new Set(read(`/proc/${pid}/environ`).split("\0"));
      return variables.every((variable) => there.has(variable));
    })
    .map(Number);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** How a process reaches a place; `env`: what commands find there. */
type Way = (env: Readonly<Record<string, string>>) => Pick<Place, "kind" | "params">;

export const localPlace = (root: string, name: string): Place =>
  place(root, name, (env) => ({ kind: "local", params: { env } }));

/** The same machine, but reached through a real sshd. */
export const sshPlace = (root: string, name: string, server: Sshd, driver: "openssh" | "ssh2"): Place =>
  place(root, name, (env) => {
    const [identity, knownHosts] = ["id", "known_hosts"].map((file) => join(server.root, file));
    return { kind: "ssh", params: { ...server.params, identity, knownHosts, driver, env } };
  });

function place(root: string, name: string, way: Way): Place {
  const folder = join(root, name);
  const [effects, boot, state] = [join(folder, "effects"), join(folder, "boot_id"), join(folder, "receipts")];
  mkdirSync(folder, { recursive: true });
  writeFileSync(effects, "");
  writeFileSync(boot, "boot-0\n");
  const mark = `WATCHBOOK_STATE=${state}`;
  let boots = 0;
  return {
    name,
    ...way({ WATCHBOOK_STATE: state, WATCHBOOK_BOOT_ID: boot, EFFECTS: effects }),
    lines: () => read(effects).split("\n").slice(0, -1),
    runs: (run, attempt) =>
      processesWith(mark, `WB_RUN=${run}`, `WATCHBOOK_ATTEMPT=${attempt}`).length > 0 ||
      processesWith(mark, `WB_RUN=${run}`, `WATCHBOOK_ATTEMPT=${join(state, run, attempt)}`).length > 0,
    killed: () => appendFileSync(effects, "kill\n"),
    reboot: async () => {
      for (let left = processesWith(mark); left.length > 0; left = processesWith(mark)) {
        signal(left);
        await pause(5);
      }
      boots += 1;
      writeFileSync(boot, `boot-${boots}\n`);
      appendFileSync(effects, "boot\n");
    },
  };
}

/** The place as a target of one run's plan, with a lock of its own. */
export const targetAt = ({ name, kind, params }: Place, service: string): PlanTarget => ({
  name,
  kind,
  params,
  lock: `${name}/${service}`,
  env: {},
});
