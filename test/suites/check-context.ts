import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { localTarget } from "../../src/kinds/targets/local.ts";
import { format } from "../../src/i18n/format.ts";
import { texts } from "../../src/i18n/texts.ts";
import { checks } from "../../src/kinds/checks/index.ts";
import type { CheckContext, Measured, Sample } from "../../src/model/check.ts";
import { WatchbookError } from "../../src/model/error.ts";
import type { Reach } from "../../src/model/target.ts";
import { systemClock, type Clock } from "../../src/model/time.ts";

/** A directory of the test's own, removed when it ends. */
export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "watchbook-check-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** This machine, with what a book may give the target; closed when the test ends. */
export async function here(t: TestContext, params: Record<string, unknown> = {}): Promise<Reach> {
  const parsed = localTarget.params.safeParse(params);
  if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues));
  const reach = await localTarget.open("here", parsed.data);
  t.after(() => reach[Symbol.asyncDispose]());
  return reach;
}

/** A clock whose wall time stands still at a moment; everything else is real. */
export const clockAt = (wall: number): Clock => ({ ...systemClock, wall: () => wall });

export const contextOf = (reach: Reach, over: Partial<CheckContext> = {}): CheckContext => ({
  reach,
  clock: systemClock,
  signal: new AbortController().signal,
  history: [],
  secret: (reference) => Promise.reject(new WatchbookError("SECRET-MISSING", { reference })),
  ...over,
});

/** Validates params as the engine does and runs the kind; what it gives must be sayable in a report. */
export async function measure(kind: string, params: unknown, context: CheckContext): Promise<Measured> {
  const found = checks.find((each) => each.kind === kind);
  if (!found) throw new Error(`no kind ${kind}`);
  const parsed = found.params.safeParse(params);
  if (!parsed.success) throw new Error(`${kind}: ${JSON.stringify(parsed.error.issues)}`);
  const measured = await found.run(parsed.data, context);
  const { reasons, facts } = texts("en").checks;
  for (const name of Object.keys(measured.facts ?? {}))
    if (!(name in facts) && !name.startsWith("_")) throw new Error(`no name for fact ${name}`);
  if (measured.kind !== "value") {
    const text = format((reasons as Readonly<Record<string, string>>)[measured.reason] ?? "{?}", measured.args ?? {});
    if (/\{[\w?]+\}/.test(text)) throw new Error(`${measured.reason}: ${text}`);
  }
  return measured;
}

/** What the engine keeps of a measurement. */
export function sampleOf(measured: Measured, at: number): Sample {
  const value = measured.kind === "unknown" ? measured.sample : measured.value;
  if (value === undefined) throw new Error(`nothing to keep of ${JSON.stringify(measured)}`);
  return { check: "c", target: "here", at, value, ...(measured.facts && { facts: measured.facts }) };
}

/** `state outcome reason`, `value` or `unknown reason`: what a measurement came to, in words. */
export function said(measured: Measured): string {
  if (measured.kind === "value") return "value";
  return measured.kind === "state" ? `${measured.outcome} ${measured.reason}` : `unknown ${measured.reason}`;
}
