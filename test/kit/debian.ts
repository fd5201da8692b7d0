// Packages of another Debian release, unpacked outside of the repository and of the machine's own packages.
import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { must } from "./docker/place.ts";

/** Debian 12 has some things only in old versions, or not at all. */
const RELEASE = "trixie";

/** Options of an apt with lists of its own, so that the machine's apt does not come to know another release. */
function aptOf(work: string): readonly string[] {
  for (const folder of ["lists/partial", "archives/partial"]) mkdirSync(join(work, folder), { recursive: true });
  const sources = join(work, "sources.list");
  const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
  writeFileSync(sources, `deb [signed-by=${keys}] http://deb.debian.org/debian ${RELEASE} main\n`);
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::State::lists=${join(work, "lists")}`,
    `Dir::Cache=${work}`,
    "APT::Sandbox::User=root",
    "Acquire::Languages=none",
  ];
  return ["apt-get", "-qq", ...options.flatMap((option) => ["-o", option])];
}

/** Fetches a package and hands the folder it was unpacked to to `take`; nothing of it stays elsewhere. */
function unpacked<T>(name: string, take: (folder: string) => T): T {
  const work = mkdtempSync(join(tmpdir(), "watchbook-apt-"));
  try {
    const apt = aptOf(work);
    must([...apt, "update"]);
    must([...apt, "download", name], { cwd: work });
    must(["dpkg-deb", "-x", join(work, globSync(`${name}_*.deb`, { cwd: work })[0]!), join(work, "deb")]);
    return take(join(work, "deb"));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** One file of a package, at `to`; fetched once. */
export function fileOf(name: string, path: string, to: string): string {
  if (existsSync(to)) return to;
  return unpacked(name, (deb) => {
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(deb, path), to);
    return to;
  });
}

/** A whole package below `to`; fetched once, there whole or not at all. */
export function treeOf(name: string, to: string): string {
  if (existsSync(to)) return to;
  return unpacked(name, (deb) => {
    const fresh = `${to}.${process.pid}`;
    must(["cp", "-a", deb, fresh]);
    renameSync(fresh, to);
    return to;
  });
}
