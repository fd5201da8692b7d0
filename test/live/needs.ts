import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";

/** Debian package of each component that live tests use. */
const PACKAGE = {
  base64: "coreutils",
  bash: "bash",
  busybox: "busybox",
  curl: "curl",
  etcd: "etcd-server",
  faketime: "faketime",
  mksh: "mksh",
  patroni: "patroni python3-etcd",
  lego: "lego",
  pebble: "pebble",
  "pebble-challtestsrv": "pebble",
  perl: "perl",
  ping: "iputils-ping",
  amtool: "prometheus-alertmanager",
  "prometheus-alertmanager": "prometheus-alertmanager",
  "prometheus-blackbox-exporter": "prometheus-blackbox-exporter",
  prometheus: "prometheus",
  promtool: "prometheus",
  vmalert: "victoria-metrics",
  sha256sum: "coreutils",
  umount: "mount",
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
  "mariadb-backup": "mariadb-backup",
  "mariadb-binlog": "mariadb-client",
  "mariadb-dump": "mariadb-client",
  "mariadb-install-db": "mariadb-server-core",
  moto: "python3-boto3 python3-flask python3-flask-cors python3-responses python3-xmltodict",
  "redis-server": "redis-server",
  "redis-cli": "redis-tools",
  pg_createcluster: "postgresql-common",
  pgbouncer: "pgbouncer",
  postgres: "postgresql",
  psql: "postgresql-client",
  pgbackrest: "pgbackrest",
  iconv: "libc-bin",
  truncate: "coreutils",
  kubectl: "kubernetes-client",
  restic: "restic",
  rsync: "rsync",
  rclone: "rclone",
  age: "age",
  getfacl: "acl",
  setfattr: "attr",
  zstd: "zstd",
  "ssh-keygen": "openssh-client",
  "ssh-agent": "openssh-client",
  "ssh-add": "openssh-client",
} as const;

/** Python modules below the stand-in for S3, which is fetched by itself. */
const MODULES = ["boto3", "flask", "flask_cors", "responses", "xmltodict.py"];

/** What a test may need: a program whose package is known, or to be root. */
export type Component = keyof typeof PACKAGE | "root";

/** Path of a program, also where an ordinary user's PATH does not look. */
export function which(program: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function isThere(component: Component): boolean {
  if (component === "root") return process.getuid?.() === 0;
  if (component !== "moto") return which(component) !== undefined;
  return MODULES.every((name) => existsSync(join("/usr/lib/python3/dist-packages", name)));
}

/**
 * Says whether a live test can run. A missing component skips the test with the line that installs it; where
 * WATCHBOOK_REQUIRE=1 (CI) it fails instead, so that nothing passes for want of a component.
 */
export function needs(t: Pick<TestContext, "skip">, ...programs: readonly Component[]): boolean {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length === 0) return true;
  const packages = [...new Set(missing.flatMap((program) => (program === "root" ? [] : PACKAGE[program])))];
  const reason = `needs ${missing.join(", ")}${packages.length > 0 ? `: apt-get install ${packages.join(" ")}` : " (run as root)"}`;
  if (process.env["WATCHBOOK_REQUIRE"] === "1") throw new Error(reason);
  t.skip(reason);
  return false;
}
