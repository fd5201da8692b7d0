import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cache, must } from "./place.ts";

/** Debian 12 has only Compose 1: version 2 comes from this release, one file that needs no more than libc. */
const RELEASE = "trixie";

/** A configuration folder of the docker CLI with Compose 2 as a plugin; fetched with apt-get once. */
export function composeFolder(): string {
  const config = cache("docker-config");
  const plugin = join(config, "cli-plugins", "docker-compose");
  if (existsSync(plugin)) return config;
  const work = mkdtempSync(join(tmpdir(), "watchbook-apt-"));
  try {
    fetchPlugin(work, plugin);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return config;
}

/** Takes the package with lists of its own, so that the machine's apt does not come to know another release. */
function fetchPlugin(work: string, plugin: string): void {
  for (const folder of ["lists/partial", "archives/partial", "deb"]) mkdirSync(join(work, folder), { recursive: true });
  const sources = join(work, "sources.list");
  const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
  writeFileSync(sources, `deb [signed-by=${keys}] http://deb.debian.org/debian ${RELEASE} main\n`);
  const apt = [
    "apt-get",
    "-qq",
    ...[
      `Dir::Etc::sourcelist=${sources}`,
      "Dir::Etc::sourceparts=/dev/null",
      `Dir::State::lists=${join(work, "lists")}`,
      `Dir::Cache=${work}`,
      "APT::Sandbox::User=root",
      "Acquire::Languages=none",
    ].flatMap((option) => ["-o", option]),
  ];
  must([...apt, "update"]);
  must([...apt, "download", "docker-compose"], { cwd: work });
  must(["dpkg-deb", "-x", join(work, globSync("docker-compose_*.deb", { cwd: work })[0]!), join(work, "deb")]);
  mkdirSync(join(plugin, ".."), { recursive: true });
  copyFileSync(join(work, "deb/usr/libexec/docker/cli-plugins/docker-compose"), plugin);
}
