// An authority of the test's own: pebble issues short-lived certificates, lego gets them through nginx's webroot.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { issue } from "../live/openssl.ts";
import { freePort } from "./port.ts";
import { until } from "./until.ts";

export interface Acme {
  /** What lego got last: the chain, leaf first, and its key. */
  readonly chain: string;
  readonly key: string;
  /** File with pebble's root. */
  readonly root: string;
  /** Orders a certificate anew, with a key of its own, and puts it where `chain` and `key` are. */
  order(): Promise<void>;
}

const run = promisify(execFile);

function started(
  t: Pick<TestContext, "after">,
  argv: readonly string[],
  env: Record<string, string> = {},
): ChildProcess {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, { stdio: "ignore", env: { ...process.env, ...env } });
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  });
  return child;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => (socket.destroy(), resolve(true)));
    socket.on("error", () => resolve(false));
  });

/** `http`: port on which nginx serves `webroot` for every name; every name is this machine. `seconds`: life of a certificate. */
export async function acme(
  t: Pick<TestContext, "after">,
  room: string,
  given: { readonly name: string; readonly http: number; readonly webroot: string; readonly seconds: number },
): Promise<Acme> {
  const [port, management, dns, challenges] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const own = issue(room, "pebble", { to: new Date(Date.now() + 3_600_000), names: "DNS:localhost,IP:127.0.0.1" });
  const config = join(room, "pebble.json");
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${management}`,
    certificate: own.chain,
    privateKey: own.key,
    httpPort: given.http,
    tlsPort: 1,
    certificateValidityPeriod: given.seconds,
  };
  writeFileSync(config, JSON.stringify({ pebble }));
  const off = ["-http01", "", "-https01", "", "-tlsalpn01", "", "-defaultIPv6", ""];
  started(t, ["pebble-challtestsrv", ...off, "-dns01", `127.0.0.1:${dns}`, "-management", `127.0.0.1:${challenges}`]);
  started(t, ["pebble", "-config", config, "-dnsserver", `127.0.0.1:${dns}`], {
    PEBBLE_VA_NOSLEEP: "1",
    PEBBLE_WFE_NONCEREJECT: "0",
  });
  for (const each of [port, management, challenges]) await until(() => listens(each), `nobody listens on ${each}`);
  const [chain, key, root] = [join(room, "live.pem"), join(room, "live.key"), join(room, "root.pem")];
  const ca = { ...process.env, LEGO_CA_CERTIFICATES: own.certificate };
  const asked = await run("curl", ["-sS", "--cacert", own.certificate, `https://localhost:${management}/roots/0`]);
  writeFileSync(root, asked.stdout);
  let count = 0;
  return {
    ...{ chain, key, root },
    order: async () => {
      count += 1;
      const path = join(room, `lego-${count}`);
      const to = ["--server", `https://localhost:${port}/dir`, "--path", path, "--email", "ops@example.test"];
      const how = ["--accept-tos", "--http", "--http.webroot", given.webroot, "--domains", given.name, "run"];
      await run("lego", [...to, ...how], { env: ca });
      for (const [from, place] of [
        ["crt", chain],
        ["key", key],
      ] as const)
        writeFileSync(place, readFileSync(join(path, "certificates", `${given.name}.${from}`)), { mode: 0o600 });
    },
  };
}
