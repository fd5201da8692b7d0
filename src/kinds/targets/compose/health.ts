import type { Health } from "../../../model/driver.ts";
import type { Container } from "./containers.ts";
import type { Scene } from "./observe.ts";

type Outcome = Health["outcome"];

/** What one container's state proves. That it runs proves nothing of what it does: without a health check, unknown. */
function judge(
  service: string,
  one: Container,
  oneShot: boolean,
): { readonly outcome: Outcome; readonly reason: string } {
  const name = `${service} ${one.id.slice(0, 12)}`;
  const said = one.health && one.health.output !== "" ? `: ${one.health.output.split("\n").at(-1)?.slice(0, 200)}` : "";
  if (oneShot && one.status === "exited" && one.exitCode === 0) return { outcome: "pass", reason: "" };
  if (one.status !== "running")
    return { outcome: "fail", reason: `${name}: ${one.status} ${one.exitCode}${one.oomKilled ? " OOM" : ""}` };
  if (one.health === undefined) return { outcome: "unknown", reason: `${name}: running, healthcheck -` };
  if (one.health.status === "healthy") return { outcome: "pass", reason: "" };
  const outcome = one.health.status === "unhealthy" ? "fail" : "unknown";
  return { outcome, reason: `${name}: ${one.health.status}${said}` };
}

/** Health of the services of a scene: the worst of their containers; a service without any has failed. */
export function healthOf(scene: Scene): Health {
  const judged = [...scene.observed.keys()].flatMap((service) => {
    const containers = scene.containers.get(service) ?? [];
    if (containers.length === 0) return [{ outcome: "fail" as const, reason: `${service}: absent` }];
    return containers.map((one) => judge(service, one, scene.wanted.get(service)?.oneShot ?? false));
  });
  const outcomes = new Set(judged.map(({ outcome }) => outcome));
  const worst = (["fail", "unknown", "pass"] as const).find((outcome) => outcomes.has(outcome)) ?? "unknown";
  return { outcome: worst, reasons: judged.flatMap(({ reason }) => (reason === "" ? [] : [reason])) };
}
