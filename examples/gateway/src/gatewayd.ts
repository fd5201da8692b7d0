// The gateway of one site: node gatewayd.ts SITE. Logs JSON lines; ends at SIGTERM. What it acknowledges is on disk.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { told, Failure } from "./failure.ts";
import { control } from "./node/control.ts";
import { entryOf } from "./node/entry.ts";
import { frontLink } from "./node/front-link.ts";
import { probeLog } from "./node/probe-log.ts";
import { followerOf, leaderOf, type Follower } from "./node/replication.ts";
import { openWal } from "./node/wal.ts";
import { readConfig, type Config, type Role } from "./site/config.ts";
import { statusOf, type Health } from "./site/health.ts";
import { readRelease } from "./site/releases.ts";

const log = (event: string, facts: object = {}): void =>
  void process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`);

/** The role outlives a restart: who was promoted stays it. */
const roleOf = (site: string, config: Config): Role =>
  existsSync(join(site, "role")) ? (readFileSync(join(site, "role"), "utf8").trim() as Role) : config.role;

function releaseOf(site: string, config: Config): string {
  const { version, needs } = readRelease(site);
  const missing = needs.filter((name) => !Object.hasOwn(config, name));
  if (missing.length > 0) throw new Failure("settings-missing", { version, missing }, 2);
  return version;
}

/** What fails while it serves, a write of the log first of all, ends it: what is not on disk is not acknowledged. */
function failStop(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
  log("failed", { failed: error.code, ...error.facts });
  process.exit(error.exit);
}

async function serve(site: string): Promise<void> {
  const config = readConfig(site);
  const version = releaseOf(site, config);
  const wal = openWal(join(site, "wal"));
  const leader = leaderOf(wal);
  let role = roleOf(site, config);
  const probe = probeLog(site);
  const front = frontLink(config.front.port, wal, () => role === "primary", {
    back: () => {
      probe("healthy");
      log("front-back");
    },
    lost: (reason) => {
      if (probe("unhealthy", reason)) log("front-lost", { reason });
    },
  });
  let follower: Follower | undefined;
  // Whoever was promoted takes orders without a standby until one follows it: the other half is gone.
  let alone = false;
  const entry = entryOf(config.entry, wal, {
    added: (orders) => {
      leader.publish();
      for (const order of orders) front.send(order);
    },
    kept: async (n) => {
      if (leader.standbyHas !== undefined) alone = false;
      return config.ack === "local" || alone || leader.reached(n);
    },
  });
  // Closed on purpose, it stays closed over a restart.
  const shut = join(site, "closed");
  const admit = async (): Promise<void> => {
    await entry.open();
    rmSync(shut, { force: true });
  };
  const lead = async (): Promise<void> => {
    if (!existsSync(shut)) await entry.open();
    if (config.peer !== undefined) await leader.listen(config.replication);
  };
  const follow = (): void => void (follower = followerOf(wal, config.peer!));
  const reasons = (): readonly string[] => [
    ...(front.isConnected ? [] : ["front-lost"]),
    ...(follower && follower.state !== "following" ? [`primary-${follower.state}`] : []),
    ...(!follower && config.peer !== undefined && leader.standbyHas === undefined ? ["standby-absent"] : []),
  ];
  const health = (): Health => ({
    name: config.name,
    environment: config.environment,
    pid: process.pid,
    role,
    version,
    status: statusOf(reasons()),
    reasons: reasons(),
    entry: entry.isOpen ? "open" : "closed",
    orders: wal.orders.length,
    replayed: wal.replayed,
    cut: wal.cut,
    unconfirmed: role === "primary" ? front.unconfirmed : 0,
    standby: leader.standbyHas ?? null,
  });
  process.on("uncaughtException", failStop);
  if (role === "standby") follow();
  else await lead();
  await control(config.health, {
    "GET /health": health,
    "GET /ids": () => ({ ids: wal.orders.map(({ id }) => id) }),
    "POST /open": () => (role === "primary" ? admit() : undefined),
    "POST /close": () => {
      entry.close();
      writeFileSync(shut, "");
    },
    "POST /pause": () => leader.pause(true),
    "POST /resume": () => leader.pause(false),
    "POST /promote": async () => {
      if (role === "primary") return;
      // The address first: while the other half has it, there are not two primaries.
      await admit();
      follower?.stop();
      follower = undefined;
      alone = true;
      await leader.listen(config.replication);
      role = "primary";
      writeFileSync(join(site, "role"), "primary\n");
      front.resend();
      log("promoted", { orders: wal.orders.length });
    },
  });
  log("started", { version, role, replayed: wal.replayed, cut: wal.cut });
  process.once("SIGTERM", () => {
    entry.close();
    wal.close();
    log("ended");
    process.exit(0);
  });
}

await told(() => serve(process.argv[2] ?? "."));
// A server that never came up would leave calls to peers going on.
if (process.exitCode !== undefined) process.exit();
