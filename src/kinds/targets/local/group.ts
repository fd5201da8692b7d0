import { readdir, readFile } from "node:fs/promises";
import { MARK } from "./environment.ts";

/** Between asking a group to end and ending it, milliseconds. */
const GRACE_MS = 1_000;
/** How long we wait for the kernel after SIGKILL, milliseconds. */
const KILL_MS = 250;
const POLL_MS = 25;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends a signal (0: only asks) to a pid, or to a group when negative; false when nobody is there. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH") return false;
    // Somebody else's process now (set-uid): alive, and not ours to end.
    if (code === "EPERM") return true;
    throw error;
  }
}

/** Processes for which a file of /proc says so; empty where there is no /proc. */
async function processes(file: "environ" | "stat", wanted: (content: string) => boolean): Promise<readonly number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    // A process of another user, or one that has just ended, cannot be asked and is not ours.
    pids.map(async (pid) => wanted(await readFile(`/proc/${pid}/${file}`, "latin1").catch(() => ""))),
  );
  return pids.filter((pid, index) => found[index] && pid !== process.pid);
}

/** Processes that carry the mark in their environment. */
const marked = (mark: string): Promise<readonly number[]> =>
  processes("environ", (content) => content.split("\0").includes(`${MARK}=${mark}`));

/** Whether a group has members that still run: in containers zombies may wait for ever to be collected. */
async function runs(leader: number): Promise<boolean> {
  if (!send(-leader, 0)) return false;
  // pid (name) state ppid pgrp …
  const fields = (content: string) => content.slice(content.lastIndexOf(")") + 2).split(" ");
  const [self] = await processes("stat", (content) => {
    const [state = "Z", , group] = fields(content);
    return Number(group) === leader && state !== "Z" && state !== "X";
  });
  return self !== undefined;
}

async function gone(leader: number, mark: string | undefined, limitMs: number): Promise<boolean> {
  const left = async () => (await runs(leader)) || (mark !== undefined && (await marked(mark)).length > 0);
  const limit = AbortSignal.timeout(limitMs);
  // Two looks: whoever is just becoming another program shows no environment, and no mark, for a moment.
  for (let empty = 0; empty < (mark === undefined ? 1 : 2);) {
    if (await left()) {
      if (limit.aborted) return false;
      empty = 0;
    } else empty += 1;
    await pause(POLL_MS);
  }
  return true;
}

/** Ends what is left in the command's own process group: TERM, then KILL after a second. */
export async function endGroup(leader: number): Promise<void> {
  if (!send(-leader, "SIGTERM") || (await gone(leader, undefined, GRACE_MS))) return;
  send(-leader, "SIGKILL");
  await gone(leader, undefined, KILL_MS);
}

/** Ends the group and every process of the command that left it for a session of its own. */
export async function endAll(leader: number, mark: string): Promise<void> {
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    send(-leader, name);
    for (const pid of await marked(mark)) send(pid, name);
  };
  await signal("SIGTERM");
  if (await gone(leader, mark, GRACE_MS)) return;
  await signal("SIGKILL");
  await gone(leader, mark, KILL_MS);
}
