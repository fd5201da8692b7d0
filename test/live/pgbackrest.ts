import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { asServer, cluster, openRoom, type Cluster } from "./cluster.ts";

export interface Rest extends Cluster {
  readonly repository: string;
  rest(...words: readonly string[]): string;
}

/** A cluster whose WAL goes into a repository of pgBackRest's. */
export async function withRepository(
  ending: (work: () => void | Promise<void>) => void,
  more: Readonly<Record<string, string>> = {},
): Promise<Rest> {
  const room = openRoom(ending);
  const [config, repository] = [join(room, "pgbackrest.conf"), join(room, "r")];
  const call = ["pgbackrest", `--config=${config}`, "--stanza=main"];
  const server = await cluster(ending, { archive_command: `${call.join(" ")} archive-push %p` });
  const settings = {
    "repo1-path": repository,
    "repo1-retention-full": "99",
    "log-path": room,
    "lock-path": join(room, "l"),
    "spool-path": join(room, "q"),
    "start-fast": "y",
    // A file of the repository for many of the cluster: each one is synced.
    "repo1-bundle": "y",
    "compress-type": "none",
    ...more,
  };
  const main = { "pg1-path": server.data, "pg1-socket-path": join(server.room, "s"), "pg1-user": "ops" };
  const section = (name: string, all: Readonly<Record<string, string>>) =>
    `[${name}]\n${Object.entries(all)
      .map(([key, value]) => `${key}=${value}\n`)
      .join("")}`;
  writeFileSync(config, section("global", settings) + section("main", main), { mode: 0o644 });
  const password = await server.secret("ops");
  const rest = (...words: readonly string[]): string => asServer([...call, ...words], { PGPASSWORD: password });
  rest("stanza-create");
  return { ...server, repository, rest, with: { ...server.with, stanza: "main", config } };
}
