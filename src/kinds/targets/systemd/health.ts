import type { Health } from "../../../model/driver.ts";
import type { Reach } from "../../../model/target.ts";
import { stateOf, type Unit } from "./unit.ts";

/** A unit that was restarted and has not run for so long since may be in a loop, seconds. */
const STEADY_S = 10;

type Judged = { readonly outcome: Health["outcome"]; readonly reason: string };

function judge(one: Unit, upSeconds: number): Judged {
  const ran = upSeconds - one.startedUs / 1_000_000;
  const said = `${one.name}: ${one.active} (${one.sub}), result ${one.result}, restarts ${one.restarts}`;
  const state = stateOf(one);
  if (state === "absent") return { outcome: "fail", reason: `${one.name}: ${one.load}` };
  if (state === "starting") return { outcome: "unknown", reason: said };
  if (state !== "running") return { outcome: "fail", reason: said };
  if (one.stale) return { outcome: "unknown", reason: `${said}, daemon-reload` };
  const flaps = one.restarts > 0 && one.startedUs > 0 && ran < STEADY_S;
  return flaps ? { outcome: "unknown", reason: `${said}, ${ran.toFixed(1)} s` } : { outcome: "pass", reason: "" };
}

/** Health of units: what the manager vouches for. Of nothing, nothing is known. */
export async function healthOf(reach: Reach, units: readonly Unit[]): Promise<Health> {
  const uptime = Number(new TextDecoder().decode(await reach.read("/proc/uptime")).split(" ")[0]);
  const judged = units.map((one) => judge(one, uptime));
  const outcome =
    (["fail", "unknown", "pass"] as const).find((wanted) => judged.some((each) => each.outcome === wanted)) ??
    "unknown";
  return { outcome, reasons: judged.flatMap(({ reason }) => (reason === "" ? [] : [reason])) };
}
