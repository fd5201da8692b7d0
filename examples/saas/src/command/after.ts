import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { call, running } from "../copies.ts";
import { Failure } from "../failure.ts";
import type { Place } from "../place.ts";

/** Production has no fewer users and projects than what was restored: else something was deleted since, or invented. */
export async function compare(place: Place, least: { readonly users: number; readonly projects: number }) {
  const [port] = running(place);
  const said = port === undefined ? undefined : await call(port, "/api/counts");
  if (said?.status !== 200) throw new Failure("call-failed", { said: said ?? "nothing" });
  const { users, projects } = said.body;
  const facts = { restored: least, production: { users, projects } };
  if (Number(users) < least.users || Number(projects) < least.projects) throw new Failure("fewer", facts);
  return facts;
}

/** Processes that stand below a folder; those that may not be looked at belong to somebody else. */
const processesBelow = (folder: string): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return readlinkSync(`/proc/${name}/cwd`).startsWith(`${folder}/`) ? [Number(name)] : [];
      } catch {
        // Gone meanwhile, or another user's.
        return [];
      }
    });

/** Where sets are restored there is no folder and no process any more. */
export function nothingLeft({ room }: Place) {
  const at = join(room, "restore");
  const [folders, processes] = [readdirSync(at), processesBelow(at)];
  if (folders.length > 0 || processes.length > 0) throw new Failure("left", { folders, processes });
  return { folders: 0, processes: 0 };
}
