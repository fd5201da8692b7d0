// Books out of texts, and kinds that are only planned with: nothing here touches a target.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { z } from "zod";
import { openBook } from "../../src/book/open.ts";
import type { OpenBook } from "../../src/engine/house.ts";
import { plan } from "../../src/engine/plan/plan.ts";
import { defineFault } from "../../src/model/fault.ts";
import type { Plan, PlanRequest } from "../../src/model/plan.ts";
import type { Registry } from "../../src/model/registry.ts";
import { defineStep } from "../../src/model/step.ts";

const never = (): never => {
  throw new Error("a plan does nothing");
};

const shell = defineStep({
  kind: "shell",
  params: z.strictObject({
    script: z.string(),
    interpreter: z.enum(["bash", "sh"]),
    strict: z.boolean(),
    cwd: z.string().optional(),
    sudo: z.boolean().optional(),
  }),
  view: ({ script, interpreter }) => ({
    command: `# ${interpreter} -eu${interpreter === "bash" ? " -o pipefail" : ""}\n${script}`,
    risk: "unknown",
    sudo: false,
  }),
  perform: never,
});

const check = defineStep({
  kind: "check",
  params: z.strictObject({ check: z.string(), port: z.number().optional() }),
  view: ({ check: name }) => ({ command: `check ${name}`, risk: "read", sudo: false }),
  perform: never,
});

const script = defineStep({
  kind: "script",
  params: z.strictObject({ file: z.string() }),
  view: ({ file }) => ({ command: `run ${file}`, risk: "write", sudo: false }),
  files: ({ file }) => [file],
  perform: never,
});

const kill = defineFault({
  kind: "kill",
  params: z.strictObject({ unit: z.string() }),
  view: ({ unit }) => `kill -9 ${unit}`,
  inject: never,
  remove: never,
});

const local = { kind: "local", params: z.looseObject({}), open: never };
const ssh = { kind: "ssh", params: z.strictObject({ host: z.string() }), open: never };

/** Kinds with the names of real ones. */
export const planning: Registry = {
  checks: new Map(),
  targets: new Map([local, ssh].map((kind) => [kind.kind, kind])),
  steps: new Map([shell, check, script].map((kind) => [kind.kind, kind as never])),
  faults: new Map([[kill.kind, kill as never]]),
};

/** A book of these files in a folder of its own; the folder goes with the test. */
export async function bookOf(
  t: Pick<TestContext, "after">,
  files: Readonly<Record<string, string>>,
): Promise<OpenBook> {
  const root = mkdtempSync(join(tmpdir(), "watchbook-plan-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  writeTo(root, files);
  return openBook(root, { zone: "UTC" });
}

export function writeTo(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** The plan of a request, `prod` unless it says otherwise. */
export const planned = (open: OpenBook, request: Partial<PlanRequest> & { readonly runbook: string }): Promise<Plan> =>
  plan(open, planning, { environment: "prod", params: {}, ...request });

/** What a shell step executes, without the line that states its mode. */
export function bytes(command: string | null | undefined): string {
  const stated = "# bash -eu -o pipefail\n";
  assert.ok(command?.startsWith(stated) === true, `the mode is stated: ${command ?? "-"}`);
  return command.slice(stated.length);
}
