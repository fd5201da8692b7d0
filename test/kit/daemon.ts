import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { get, request } from "node:http";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { startDaemon, type Serving, type ServeOptions } from "../../src/cli/serve.ts";
import type { World } from "../../src/cli/verb.ts";
import { registry } from "../../src/kinds/registry.ts";
import { systemClock, type Clock } from "../../src/model/time.ts";
import { folder } from "./folder.ts";

/** Real time that a test may shift: wall = real time + `shift` milliseconds. */
export interface ShiftedClock extends Clock {
  set(wall: number): void;
}
export function shiftedClock(wall: number): ShiftedClock {
  let shift = wall - systemClock.wall();
  return {
    ...systemClock,
    wall: () => systemClock.wall() + shift,
    set: (wall) => {
      shift = wall - systemClock.wall();
    },
  };
}

export const worldOf = (
  clock: Clock = systemClock,
): Pick<World, "clock" | "env" | "version" | "registry" | "stderr"> => ({
  clock,
  env: {},
  version: "0.0.0-test",
  registry: () => Promise.resolve(registry),
  stderr: process.stderr,
});

/** A small manual: one daily inspection with a check of a file, and an item that only a person can judge. */
export const MANUAL = `# Beacon node

## Daily inspection

- [ ] The beacon file is there
- [ ] The fan sounds healthy
`;
export const CONFIG = `title: Beacon node
lang: en
zone: Asia/Shanghai
people:
  wang:
    name: Wang
checks:
  beacon:
    kind: file
    title: Beacon file
    params: { path: beacon }
    items: ["The beacon file is there"]
`;

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export const git = (root: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

/** A book's folder of its own, removed when the test ends. */
export function bookFolder(t: Pick<TestContext, "after">, files: Readonly<Record<string, string>> = {}): string {
  const root = join(folder(t), "book");
  write(root, { "ops.md": MANUAL, "watchbook.yaml": CONFIG, beacon: "lit\n", ...files });
  return root;
}

/** A Monday of the manual, whatever the time is here: at night nothing is due by itself, at noon the daily inspection is. */
export const NIGHT = Date.parse("2026-11-16T00:30:00+08:00");
export const NOON = Date.parse("2026-11-16T12:00:00+08:00");

/** A daemon that goes round quickly on a free port, stopped when the test ends. Its clock begins at night unless given. */
export async function serving(
  t: Pick<TestContext, "after">,
  root: string,
  options: { readonly clock?: Clock; readonly env?: World["env"] } & Partial<ServeOptions> = {},
): Promise<Serving> {
  const { clock = shiftedClock(NIGHT), env = {}, ...given } = options;
  const every = { checks: 50, book: 50, calendar: 20 };
  const found = await startDaemon(
    { ...worldOf(clock), env },
    {
      book: root,
      data: join(root, ".watchbook"),
      listen: "127.0.0.1:0",
      every,
      ...given,
    },
  );
  t.after(() => found[Symbol.asyncDispose]());
  return found;
}

export { waited as until } from "./waited.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly json: any;
}

/** One request with headers as given: fetch would not let a test send a foreign Host. */
export function ask(
  to: string | { readonly socket: string },
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer> {
  const where =
    typeof to === "string"
      ? { hostname: new URL(to).hostname.replace(/^\[|\]$/g, ""), port: new URL(to).port }
      : { socketPath: to.socket };
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...where, path, method: options.method ?? "GET", headers: options.headers ?? {}, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const json = (answer.headers["content-type"] ?? "").includes("json") ? JSON.parse(text) : undefined;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json });
        });
      },
    );
    sent.on("error", reject);
    // A daemon that does not answer fails the test instead of holding it up.
    sent.setTimeout(30_000, () => sent.destroy(new Error(`no answer: ${path}`)));
    sent.end(options.body);
  });
}

/** Reads a stream of server-sent events until `enough`, then leaves it. */
export function listen(
  url: string,
  path: string,
  enough: (text: string) => boolean,
  headers: Record<string, string> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const sent = get(`${url}${path}`, { headers, agent: false }, (answer) => {
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        text += chunk;
        if (!enough(text)) return;
        sent.destroy();
        resolve(text);
      });
      answer.on("end", () => resolve(text));
    });
    sent.on("error", (error) => (enough(text) ? undefined : reject(error)));
  });
}
