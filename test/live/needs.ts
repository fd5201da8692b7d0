import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";

/** Debian package of each component that live tests use. */
const PACKAGE: Readonly<Record<string, string>> = {
  openssl: "openssl",
  jq: "jq",
  git: "git",
  nginx: "nginx-light",
  chromium: "chromium",
  logrotate: "logrotate",
  shellcheck: "shellcheck",
  mount: "mount",
  script: "bsdutils",
  sshd: "openssh-server",
  ssh: "openssh-client",
  sudo: "sudo",
  docker: "docker.io",
  dockerd: "docker.io",
  "docker-compose": "docker-compose",
  mmdebstrap: "mmdebstrap",
  fallocate: "util-linux",
  iptables: "iptables",
  ip: "iproute2",
  mariadbd: "mariadb-server-core",
  mariadb: "mariadb-client-core",
  postgres: "postgresql",
  psql: "postgresql-client",
  iconv: "libc-bin",
  truncate: "coreutils",
  kubectl: "kubernetes-client",
  "ssh-keygen": "openssh-client",
  "ssh-agent": "openssh-client",
  "ssh-add": "openssh-client",
};

/** Path of a program, also where an ordinary user's PATH does not look. */
export function which(program: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/**
 * Says whether a live test can run. A missing component skips the test with the line that installs it; where
 * WATCHBOOK_REQUIRE=1 (CI) it fails instead, so that nothing passes for want of a component.
 */
export function needs(t: Pick<TestContext, "skip">, ...programs: readonly string[]): boolean {
  const missing = programs.filter((program) =>
    program === "root" ? process.getuid?.() !== 0 : which(program) === undefined,
  );
  if (missing.length === 0) return true;
  const packages = missing.filter((program) => program !== "root").map((program) => PACKAGE[program] ?? program);
  const reason = `needs ${missing.join(", ")}${packages.length > 0 ? `: apt-get install ${packages.join(" ")}` : " (run as root)"}`;
  if (process.env["WATCHBOOK_REQUIRE"] === "1") throw new Error(reason);
  t.skip(reason);
  return false;
}
