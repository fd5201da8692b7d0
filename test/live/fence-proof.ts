import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ClusterBench } from "../kit/cluster.ts";
import { until } from "../kit/until.ts";

/** What the proof of a fence says of the first member, when nothing else of a failover is done. */
export async function proof(bench: ClusterBench): Promise<string> {
  const skip = ["pin", "fence", "promote", "lag", "writes", "count", "recovered"];
  const { end, at } = await bench.walk("failover", { params: { FORCE: "yes" }, skip });
  return end === "ok" ? "fenced" : `${at}: ${end}`;
}

/** A process of a server's name that stands in its folder, and whose parent never asks what became of it. */
export async function careless(t: TestContext, room: string, data: string, name: string) {
  copyFileSync("/bin/sleep", join(room, name));
  chmodSync(join(room, name), 0o755);
  const file = join(room, "child");
  writeFileSync(file, "");
  chmodSync(file, 0o666);
  const fork = `my $p = fork(); if (!$p) { exec $ARGV[0], "600" } open(F, ">", "$ARGV[1]"); print F $p; close(F); sleep 600`;
  const parent = spawn("perl", ["-e", fork, join(room, name), file], {
    ...{ cwd: data, stdio: "ignore" },
    ...(process.getuid?.() === 0 && { uid: 65_534, gid: 65_534 }),
  });
  t.after(() => parent.kill("SIGKILL"));
  const child = (): number => Number(readFileSync(file, "utf8"));
  await until(() => child() > 0 && readFileSync(`/proc/${child()}/comm`, "utf8") === `${name}\n`);
  return {
    /** It is dead, and a zombie from then on. */
    end: async (): Promise<void> => {
      process.kill(child(), "SIGKILL");
      await until(() => readFileSync(`/proc/${child()}/stat`, "utf8").includes(") Z"));
    },
  };
}
