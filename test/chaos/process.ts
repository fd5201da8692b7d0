import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { NEAR } from "../kit/near.ts";
import type { Order, Said } from "./subject.ts";

/** The process under test, as its killer sees it. */
export interface Subject {
  readonly pid: number;
  /** Nanoseconds of the monotonic clock when it was started. */
  readonly started: bigint;
  tell(order: Order): void;
  /** Orders that only the next process will hear. */
  owed(): number;
  send(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone; true: by SIGKILL. */
  readonly gone: Promise<boolean>;
}

/** Starts the next process on the same data; `point`: where it dies by itself, see die.ts. */
export type Start = (hear: (said: Said) => void, point?: string) => Promise<Subject> | Subject;

const here = import.meta.dirname;

const alive = new Set<ChildProcess>();
process.once("exit", () => alive.forEach((child) => child.kill("SIGKILL")));

/** Ends with us at the latest. */
export function mine<C extends ChildProcess>(child: C): C {
  alive.add(child);
  child.once("exit", () => alive.delete(child));
  return child;
}

/** `point`: where it dies by itself, see die.ts. `shared`: without taking the data directory for itself. */
export function startSubject(
  data: string,
  hear: (said: Said) => void,
  { point, shared = false }: { readonly point?: string; readonly shared?: boolean } = {},
): Subject {
  const args = [
    ...NEAR,
    "--import",
    join(here, "die.ts"),
    join(here, "subject.ts"),
    data,
    ...(shared ? ["shared"] : []),
  ];
  const started = process.hrtime.bigint();
  const env = { ...process.env, ...(point !== undefined && { CHAOS_DIE: point }) };
  const child = mine(spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env }));
  const exited = once(child, "exit");
  // Orders to a process that has just died come to nothing.
  child.stdin.on("error", () => undefined);
  const read = (async () => {
    for await (const line of createInterface({ input: child.stdout }))
      if (line.endsWith("}")) hear(JSON.parse(line) as Said);
  })();
  return {
    pid: child.pid!,
    started,
    tell: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    owed: () => 0,
    send: (signal) => void child.kill(signal),
    gone: (async () => {
      const [, signal] = (await exited) as [number | null, NodeJS.Signals | null];
      await read;
      return signal === "SIGKILL";
    })(),
  };
}

/** Processes of the engine alone, with kinds that the real daemon does not have. */
export const engines =
  (data: string): Start =>
  (hear, point) =>
    startSubject(data, hear, point === undefined ? {} : { point });
