import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Afterwards } from "./sshd.ts";
import { folder } from "./folder.ts";
import { until } from "./until.ts";

/** A real ssh-agent of one test; it ends with it. */
export interface Agent {
  /** For SSH_AUTH_SOCK. */
  readonly socket: string;
  /** `ssh-add FILE`, with the passphrase if it has one. */
  add(file: string, passphrase?: string): Promise<void>;
}

/** Starts an agent without keys. */
export async function sshAgent(t: Afterwards): Promise<Agent> {
  const place = folder(t);
  const socket = join(place, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  t.after(async () => {
    agent.kill("SIGTERM");
    if (agent.exitCode === null && agent.signalCode === null) await once(agent, "exit");
  });
  await until(() => existsSync(socket), "the agent listens");
  const ask = join(place, "askpass");
  writeFileSync(ask, '#!/bin/sh\nprintf "%s\\n" "$ASKED"\n');
  chmodSync(ask, 0o700);
  return {
    socket,
    add: async (file, passphrase = "") => {
      const env = { ...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: "force" };
      const child = spawn("ssh-add", ["-q", file], { env: { ...env, ASKED: passphrase }, stdio: "ignore" });
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new Error(`ssh-add ${file}: ${code}`);
    },
  };
}

/** Runs `work` as a process that was started with this agent would find it; undefined: with none. */
export async function withAgent<T>(socket: string | undefined, work: () => Promise<T>): Promise<T> {
  const before = process.env["SSH_AUTH_SOCK"];
  const set = (value: string | undefined): void => {
    if (value === undefined) delete process.env["SSH_AUTH_SOCK"];
    else process.env["SSH_AUTH_SOCK"] = value;
  };
  set(socket);
  try {
    return await work();
  } finally {
    set(before);
  }
}
