import type { TestContext } from "node:test";
import { localTarget } from "../../src/kinds/targets/local.ts";
import { ReachError, type ExecResult, type Reach } from "../../src/model/target.ts";
import { atEnd, docker, ownName, type Docker } from "./docker.ts";
import { until } from "./docker/place.ts";

/** A host with systemd as its first process: a container without network. */
export interface SystemdHost {
  readonly docker: Docker;
  readonly container: string;
  /** Output of a command on the host. */
  run(...argv: readonly string[]): string;
  write(path: string, text: string): void;
  /** A hand on it. */
  reach(): Promise<Reach>;
}

/** Rights that systemd needs in a container; SYS_RESOURCE is missing where tests run, and asking for it fails. */
const RIGHTS = [
  ...["--cap-add", "ALL", "--cap-drop", "SYS_RESOURCE", "--security-opt", "seccomp=unconfined"],
  ...["--cgroupns", "host", "-v", "/sys/fs/cgroup:/sys/fs/cgroup:rw"],
  ...[
    "--tmpfs",
    "/run",
    "--tmpfs",
    "/run/lock",
    "--tmpfs",
    "/tmp",
    "--stop-signal",
    "SIGRTMIN+3",
    "-e",
    "container=docker",
  ],
];

/** Commands in a container as a Reach: a stand-in for SSH to the same host. */
export async function insideReach({ env }: Docker, container: string): Promise<Reach> {
  const local = await localTarget.open("inside", { path: [], env });
  const exec: Reach["exec"] = async (argv, options = {}) => {
    const words = ["docker", "exec", ...(options.stdin === undefined ? [] : ["-i"]), "-e", "LC_ALL=C"];
    const cwd = options.cwd === undefined ? [] : ["-w", options.cwd];
    const { cwd: _, ...others } = options;
    const got: ExecResult = await local.exec([...words, ...cwd, container, ...argv], others);
    if (/^Error: No such container|is not running$/m.test(got.err)) throw new ReachError("unreachable", got.err.trim());
    return got;
  };
  const read: Reach["read"] = async (path) => {
    const { end, out, err } = await exec(["cat", "--", path]);
    if (end.kind !== "exit" || end.code !== 0) throw new ReachError(/No such/.test(err) ? "absent" : "other", err);
    return new TextEncoder().encode(out);
  };
  return { ...local, target: "inside", exec, read };
}

async function start(engine: Docker): Promise<SystemdHost> {
  const container = ownName("host");
  atEnd(() => void engine.docker("rm", "-f", "-v", container));
  engine.docker("run", "-d", "--name", container, "--network", "none", ...RIGHTS, engine.image("host"), "/sbin/init");
  const run = (...argv: readonly string[]): string => engine.docker("exec", container, ...argv);
  const host: SystemdHost = {
    docker: engine,
    container,
    run,
    write: (path, text) => void engine.docker("exec", container, "sh", "-c", 'printf %s "$1" >"$2"', "sh", text, path),
    reach: () => insideReach(engine, container),
  };
  const state = (): string => run("sh", "-c", "systemctl is-system-running || true").trim();
  await until("systemd runs", () => /^(running|degraded)$/.test(state()));
  return host;
}

let host: Promise<SystemdHost> | undefined;

/** The host of this test file, started on first use (some seconds) and removed at its end; undefined: the test is skipped. */
export async function systemdHost(t: TestContext): Promise<SystemdHost | undefined> {
  const engine = await docker(t);
  return engine && (host ??= start(engine));
}
