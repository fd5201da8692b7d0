import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must, until } from "../docker/place.ts";
import { freePorts } from "../port.ts";

const TOKEN = "wbtest-token";

/** A control plane of this process: etcd, API server, controller manager. */
export interface Plane {
  readonly kubeconfig: string;
  /** Ends the API server (KILL) as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

function certificate(folder: string): void {
  must(["openssl", "genrsa", "-out", join(folder, "sa.key"), "2048"]);
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  const files = ["-keyout", join(folder, "srv.key"), "-out", join(folder, "srv.crt")];
  must(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", ...files, ...subject]);
}

function writeConfig(folder: string, server: string): string {
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(join(folder, "tokens.csv"), `${TOKEN},admin,1,"system:masters"\n`);
  const named = (name: string, value: object): object => ({ name, ...value });
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "test",
      clusters: [named("test", { cluster: { server, "certificate-authority": join(folder, "srv.crt") } })],
      users: [named("admin", { user: { token: TOKEN } })],
      contexts: [named("test", { context: { cluster: "test", user: "admin" } })],
    }),
  );
  return kubeconfig;
}

const ended = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
};

/** Whether the API server says it is ready. */
const ready = (server: string): Promise<boolean> =>
  new Promise((resolve) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const asked = request(`${server}/readyz`, { headers, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.once("error", () => resolve(false));
    asked.end();
  });

/** Starts a control plane from a folder with etcd, kube-apiserver and kube-controller-manager (etcd may be in PATH). */
export async function startPlane(assets: string): Promise<Plane> {
  const folder = mkdtempSync(join(tmpdir(), "watchbook-k8s-"));
  const [client, peer, api, manager] = await freePorts(4);
  const server = `https://127.0.0.1:${api}`;
  certificate(folder);
  const kubeconfig = writeConfig(folder, server);
  mkdirSync(join(folder, "cert"));
  const run = (name: string, ...argv: readonly string[]): ChildProcess => {
    const log = openSync(join(folder, `${name}.log`), "a");
    const program = existsSync(join(assets, name)) ? join(assets, name) : name;
    return spawn(program, argv, { cwd: folder, stdio: ["ignore", log, log] });
  };
  const etcdUrl = `http://127.0.0.1:${client}`;
  const etcd = run(
    "etcd",
    ...["--data-dir", join(folder, "etcd"), "--unsafe-no-fsync", "--listen-client-urls", etcdUrl],
    ...["--advertise-client-urls", etcdUrl, "--listen-peer-urls", `http://127.0.0.1:${peer}`],
  );
  const startApi = async (): Promise<ChildProcess> => {
    const child = run(
      "kube-apiserver",
      ...[
        `--etcd-servers=${etcdUrl}`,
        "--bind-address=127.0.0.1",
        `--secure-port=${api}`,
        `--cert-dir=${join(folder, "cert")}`,
      ],
      ...["--tls-cert-file=srv.crt", "--tls-private-key-file=srv.key", "--token-auth-file=tokens.csv"],
      ...["--service-account-key-file=sa.key", "--service-account-signing-key-file=sa.key"],
      ...["--service-account-issuer=https://kubernetes.default.svc", "--service-cluster-ip-range=10.96.0.0/24"],
      ...[
        "--kubelet-preferred-address-types=Hostname",
        "--authorization-mode=RBAC",
        "--disable-admission-plugins=ServiceAccount",
        "--allow-privileged=true",
      ],
    );
    await until("the API server is ready", () => child.exitCode !== null || ready(server), 120_000);
    if (child.exitCode !== null)
      throw new Error(readFileSync(join(folder, "kube-apiserver.log"), "utf8").slice(-2_000));
    return child;
  };
  let apiserver = await startApi().catch(async (error: unknown) => {
    await ended(etcd, "SIGKILL");
    throw error;
  });
  const controllers = run(
    "kube-controller-manager",
    ...[`--kubeconfig=${kubeconfig}`, "--service-account-private-key-file=sa.key", "--leader-elect=false"],
    ...["--use-service-account-credentials=false", "--bind-address=127.0.0.1", `--secure-port=${manager}`, "--port=0"],
    `--cert-dir=${join(folder, "cert")}`,
  );
  return {
    kubeconfig,
    kill: () => ended(apiserver, "SIGKILL"),
    revive: async () => void (apiserver = await startApi()),
    stop: async () => {
      await Promise.all([controllers, apiserver, etcd].map((child) => ended(child, "SIGKILL")));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
