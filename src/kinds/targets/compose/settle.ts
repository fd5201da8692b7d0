import { setTimeout as pause } from "node:timers/promises";
import { EXIT, WatchbookError } from "../../../model/error.ts";
import { dockerAsk, type Project } from "./command.ts";
import { containersOf, type Container } from "./containers.ts";

const POLL_MS = 500;

const isWaiting = ({ status, health }: Container): boolean =>
  status === "created" || status === "restarting" || health?.status === "starting";

const isWell = ({ status, health }: Container): boolean =>
  status === "running" && (health === undefined || health.status === "healthy");

/** Waits until the containers of a service run, and are healthy where they can say so; TARGET-REFUSED when they do not. */
export async function settle(project: Project, service: string, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(project.waitMs);
  for (;;) {
    const all = await containersOf(project.reach, project.name, signal);
    const own = all.filter((one) => one.service === service);
    if (own.length > 0 && own.every(isWell)) return;
    if (limit.aborted || !own.some(isWaiting)) {
      const bad = own.find((one) => !isWell(one));
      throw new WatchbookError(
        "TARGET-REFUSED",
        {
          target: project.reach.target,
          command: service,
          status: bad ? (bad.health?.status ?? `${bad.status} ${bad.exitCode}`) : "absent",
          detail: bad?.health?.output.slice(0, 600) ?? "-",
        },
        { exit: EXIT.failed },
      );
    }
    await pause(POLL_MS, undefined, { signal });
  }
}

/** What an instance that is not well said last, before anybody removes it: its health answer and its last log lines. */
export async function lastWords(project: Project, signal: AbortSignal, log: (line: string) => void): Promise<void> {
  for (const one of await containersOf(project.reach, project.name, signal)) {
    if (isWell(one) || one.exitCode === 0) continue;
    log(`${one.service} ${one.id.slice(0, 12)}: ${one.status} ${one.exitCode} ${one.health?.status ?? ""}`.trimEnd());
    if (one.health && one.health.output !== "") log(one.health.output.slice(0, 2_000));
    const text = await dockerAsk(project.reach, ["logs", "--tail", "20", one.id], signal);
    for (const line of text.split("\n")) if (line !== "") log(line);
  }
}
