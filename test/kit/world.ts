import { PassThrough } from "node:stream";
import type { World } from "../../src/cli/verb.ts";
import { registry } from "../../src/kinds/registry.ts";
import { systemClock } from "../../src/model/time.ts";
import { home } from "./wb.ts";

/** The command line's world in this process, English, without a terminal; `said` is what it wrote. */
export function worldIn(
  cwd: string,
  signal: AbortSignal = new AbortController().signal,
): World & { readonly said: { stdout: string; stderr: string } } {
  const said = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof said) =>
    Object.assign(new PassThrough(), { write: (text: string) => (said[name] += text) !== "" });
  const world = {
    cwd,
    env: {},
    stdin: new PassThrough(),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    clock: systemClock,
    signal,
    version: "0.1.0",
    home,
    registry: () => Promise.resolve(registry),
    said,
  };
  return world as unknown as World & { readonly said: { stdout: string; stderr: string } };
}
