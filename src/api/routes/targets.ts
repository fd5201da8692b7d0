import type { CheckNow } from "../../engine/snapshot.ts";
import type { TargetSpec } from "../../model/target.ts";
import { targetsRoute, type TargetNow } from "../contract.ts";
import type { Api, Parts } from "../front.ts";

/** Reading nothing is no answer: a check that is unknown says nothing of whether its target can be reached. */
function targetNow({ name, kind, environment }: TargetSpec, checks: readonly CheckNow[]): TargetNow {
  const here = checks.filter(({ spec, reading }) => (reading?.target ?? spec.target ?? "local") === name);
  const read = here.flatMap(({ reading }) => (reading === undefined ? [] : [reading]));
  const newest = (unknown: boolean): number | null => {
    const times = read.filter(({ outcome }) => (outcome === "unknown") === unknown).map(({ at }) => at);
    return times.length === 0 ? null : Math.max(...times);
  };
  const [answered, silent] = [newest(false), newest(true)];
  const state =
    answered === null ? (silent === null ? "unasked" : "silent") : silent === null ? "answers" : ("partly" as const);
  return { name, kind, environment: environment ?? null, checks: here.length, answered, silent, state };
}

export function targetRoutes(app: Api, { daemon }: Parts): void {
  app.openapi(targetsRoute, (c) => {
    const { targets } = daemon.book().open.book.config;
    const checks = daemon.checks();
    return c.json({ at: daemon.house.clock.wall(), targets: targets.map((one) => targetNow(one, checks)) }, 200);
  });
}
