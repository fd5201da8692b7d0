import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../../../src/kinds/targets/kubernetes/cluster.ts";
import { must, until } from "../docker/place.ts";
import type { Docker } from "../docker.ts";
import { freePorts } from "../port.ts";

/** Name of the one node: also its address, where the API server finds the kubelet. */
export const NODE = "127.0.0.1";
/** Namespace of pods that really run. */
export const PODS = "wbtest-pods";

/** Starts a kubelet that runs pods on the tests' Docker engine (its dockershim: Kubernetes 1.20); gives what ends it. */
export async function startKubelet(
  assets: string,
  docker: Docker,
  kubeconfig: string,
  cluster: Cluster,
): Promise<() => Promise<void>> {
  const root = mkdtempSync(join(tmpdir(), "watchbook-kubelet-"));
  const [port] = await freePorts(1);
  const log = openSync(join(root, "kubelet.log"), "w");
  const child = spawn(
    join(assets, "kubelet"),
    [
      ...[`--kubeconfig=${kubeconfig}`, `--root-dir=${join(root, "state")}`, `--cert-dir=${join(root, "cert")}`],
      ...[`--docker-endpoint=${docker.env["DOCKER_HOST"]}`, `--pod-infra-container-image=${docker.image("pause")}`],
      ...[
        `--hostname-override=${NODE}`,
        `--address=${NODE}`,
        `--port=${port}`,
        "--read-only-port=0",
        "--healthz-port=0",
      ],
      // Nothing here belongs to the kubelet alone: neither the cgroups nor the disk nor swap.
      ...["--cgroups-per-qos=false", "--enforce-node-allocatable=", "--eviction-hard=", "--fail-swap-on=false"],
      "--image-gc-high-threshold=100",
    ],
    { stdio: ["ignore", log, log] },
  );
  const signal = AbortSignal.timeout(60_000);
  const registered = async (): Promise<boolean> => (await cluster.api.get(`/api/v1/nodes/${NODE}`, signal)) !== null;
  await until("the node is there", async () => child.exitCode !== null || (await registered()));
  if (child.exitCode !== null) throw new Error(readFileSync(join(root, "kubelet.log"), "utf8").slice(-2_000));
  return async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    const left = docker.docker("ps", "-aq", "--filter", `label=io.kubernetes.pod.namespace=${PODS}`).split("\n");
    for (const id of left) if (id !== "") docker.docker("rm", "-f", "-v", id);
    // A kubelet mounts its folder on itself.
    must(["umount", "-l", join(root, "state")]);
    rmSync(root, { recursive: true, force: true });
  };
}
