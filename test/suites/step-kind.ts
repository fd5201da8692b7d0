import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { texts } from "../../src/i18n/texts.ts";
import type { AttemptEnd } from "../../src/model/journal.ts";
import { RISKS } from "../../src/model/states.ts";
import type { StepContext } from "../../src/model/step.ts";
import { ReachError, type Reach } from "../../src/model/target.ts";
import { done, given, place, recalled, sentence, type Place } from "./step-context.ts";

/** What the contract suite needs to know of one kind. */
export interface StepCase {
  readonly kind: string;
  /** Params that end ok at this place, and what the context needs for them. */
  good(place: Place, t: TestContext): Promise<{ readonly params: unknown; readonly over?: Partial<StepContext> }>;
  /** Params that are wrong, each with a word of its issue: a path, or a key of the issues i18n says. */
  readonly bad: readonly (readonly [params: unknown, word: string])[];
  /** Asks the target nothing: connects from here, or asks this machine. */
  readonly elsewhere?: boolean;
}

/** A target that nobody reaches. */
function unreachable(): Reach {
  const no = () => Promise.reject(new ReachError("unreachable", "no route"));
  return {
    target: "gone",
    exec: no,
    read: no,
    stat: no,
    list: no,
    space: no,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The end of an attempt; what a kind may throw (ReachError) counts as what the engine makes of it. */
async function endOf(kind: string, params: unknown, context: StepContext): Promise<AttemptEnd> {
  return done(kind, params, context).catch((error: unknown) => {
    if (error instanceof ReachError) return { ending: "unreachable", seconds: 0 } as const;
    throw error;
  });
}

const HOSTILE = (canary: string): Record<string, string> => ({
  A_QUOTE: `'; touch ${canary}; '`,
  B_DOUBLE: `"; touch ${canary}; "`,
  C_SUBSTITUTION: `$(touch ${canary})`,
  D_BACKQUOTE: `\`touch ${canary}\``,
  E_LINES: `x\nWB_NOTE\nWB_CONTENT\nWB_REMOVE\ntouch ${canary}\n`,
  F_OPTION: "--help",
  G_EMPTY: "",
  H_LONG: "x".repeat(20_000),
});

/** Schema and view: what holds for every kind, whoever performs it. */
export function shapeSuite(example: StepCase): void {
  const { kind, bad } = example;
  test(`step ${kind}: params are what they say, and stay so when a plan has kept them`, async (t) => {
    const { params } = await example.good(await place(t), t);
    const once = given(kind, params);
    assert.deepEqual(given(kind, JSON.parse(JSON.stringify(once.params))).params, once.params);
    const issues: Readonly<Record<string, string>> = { ...texts("en").checks.issues, ...texts("en").steps.issues };
    for (const [wrong, word] of bad) {
      const parsed = once.kind.params.safeParse(wrong);
      assert.equal(parsed.success, false, JSON.stringify(wrong));
      if (parsed.success) continue;
      const told = parsed.error.issues.map((one) => `${one.path.join(".")} ${one.message}`).join("; ");
      assert.ok(told.includes(word), `${told}, not ${word}`);
      for (const { message } of parsed.error.issues)
        assert.ok(/^(Invalid|Too|Unrecognized)/.test(message) || message in issues, `${message} is not said`);
    }
  });

  test(`step ${kind}: its view says what would be done, how risky it is, and names its files`, async (t) => {
    const { params } = await example.good(await place(t), t);
    const { kind: found, params: parsed } = given(kind, params);
    const view = found.view(parsed);
    assert.ok(view.command.trim() !== "");
    assert.ok(RISKS.includes(view.risk));
    assert.deepEqual(found.view(parsed), view);
    for (const path of found.files?.(parsed) ?? [])
      assert.ok(existsSync(join((await place(t)).root, path)) || path !== "");
    for (const lang of ["en", "zh"] as const)
      assert.ok((texts(lang).steps.kinds as Record<string, unknown>)[kind], `${kind} in ${lang}`);
  });
}

/** What every kind that performs must do (model/step.ts). */
export function stepSuite(example: StepCase): void {
  const { kind } = example;
  shapeSuite(example);

  test(`step ${kind}: ends ok where everything is right, and no value becomes code`, async (t) => {
    const here = await place(t);
    const { params, over = {} } = await example.good(here, t);
    const canary = join(here.root, "canary");
    const context = here.context({ ...over, env: { ...HOSTILE(canary), ...over.env } });
    const end = await done(kind, params, context);
    assert.equal(end.ending, "ok", `${sentence(end, "en")} ${here.printed()}`);
    assert.ok(end.seconds >= 0);
    assert.ok(!existsSync(canary));
  });

  test(`step ${kind}: is never ok when it was stopped before it began, or the target is out of reach`, async (t) => {
    const here = await place(t);
    const { params, over = {} } = await example.good(here, t);
    const stopped = await endOf(kind, params, here.context({ ...over, signal: AbortSignal.abort() }, { number: 7 }));
    assert.ok(["cancelled", "timeout", "failed", "unreachable", "unknown"].includes(stopped.ending), stopped.ending);
    if (example.elsewhere) return;
    const stop = new AbortController();
    const soon = setTimeout(() => stop.abort(), 500);
    const gone = { ...over, reach: unreachable(), signal: stop.signal };
    const end = await endOf(kind, params, here.context(gone, { number: 8 }));
    clearTimeout(soon);
    assert.notEqual(end.ending, "ok");
  });

  test(`step ${kind}: after a crash it tells what ended, and what has not begun never does`, async (t) => {
    const here = await place(t);
    const { params, over = {} } = await example.good(here, t);
    const { kind: found } = given(kind, params);
    if (!("recall" in found)) return assert.ok(["check", "gate", "http"].includes(kind), `${kind} recalls nothing`);
    assert.deepEqual(await recalled(kind, params, here.context(over, { number: 3 })), { state: "absent" });
    assert.notEqual((await endOf(kind, params, here.context(over, { number: 3 }))).ending, "ok");
    assert.equal((await done(kind, params, here.context(over, { number: 4 }))).ending, "ok");
    const after = await recalled(kind, params, here.context(over, { number: 4 }));
    assert.ok(after.state === "ended" || after.state === "running", after.state);
    const end = after.state === "ended" ? after.end : await done(kind, params, here.context(over, { number: 4 }));
    assert.equal(end.ending, "ok");
  });
}

/** Kinds that the engine or the planner does itself: schema and view only. */
export function engineStepSuite(example: StepCase): void {
  shapeSuite(example);
  test(`step ${example.kind}: is not performed by its kind`, async (t) => {
    const here = await place(t);
    const { params } = await example.good(here, t);
    const { kind, params: parsed } = given(example.kind, params);
    await assert.rejects(kind.perform(parsed, here.context()), TypeError);
  });
}
