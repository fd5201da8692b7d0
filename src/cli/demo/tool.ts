import { dirname } from "node:path";
import type { ExecResult, Reach } from "../../model/target.ts";
import { EXIT, WatchbookError } from "../../model/error.ts";
import { openLocal } from "../hold.ts";
import type { World } from "../verb.ts";

/** Variables of our own environment that npm and git need to reach a registry behind a proxy, and nothing else. */
const PASSED = /^(?:npm_config_.+|(?:https?|no|all)_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir)|xdg_config_home)$/i;

export interface ToolOptions {
  readonly cwd: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program of this machine for the demo: installing packages, git, starting and ending the stack. */
export type Tool = (argv: readonly string[], options: ToolOptions) => Promise<ExecResult>;

/** The tool and the hand it holds; our own Node comes first in PATH. */
export async function openTool(
  world: Pick<World, "env" | "registry">,
  root: string,
): Promise<{ tool: Tool; reach: Reach }> {
  const reach = await openLocal(await world.registry(), root);
  const passed = Object.entries(world.env).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return PASSED.test(name) && value !== undefined;
  });
  const path = [dirname(process.execPath), world.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"].join(":");
  const tool: Tool = (argv, { cwd, timeoutMs = 60_000, signal, env }) =>
    reach.exec(argv, {
      cwd,
      timeoutMs,
      ...(signal === undefined ? {} : { signal }),
      env: { ...Object.fromEntries(passed), PATH: path, ...env },
    });
  return { tool, reach };
}

/** The output of a tool that must succeed. Throws `code` with what it said last; the signal's reason when aborted. */
export async function must(
  result: Promise<ExecResult>,
  code: string,
  args: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<string> {
  const { end, out, err } = await result;
  signal?.throwIfAborted();
  if (end.kind === "exit" && end.code === 0) return out;
  const lines = `${err}\n${out}`.split("\n").filter((line) => line.trim() !== "");
  const detail = end.kind === "spawn" ? end.detail : (lines.slice(-4).join(" · ") || end.kind).slice(-600);
  throw new WatchbookError(code, { ...args, detail }, { exit: EXIT.unreachable });
}
