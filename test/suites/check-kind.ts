import assert from "node:assert/strict";
import { test } from "node:test";
import { checks } from "../../src/kinds/checks/index.ts";
import { UNKNOWN_REASONS, type CheckContext, type Measured } from "../../src/model/check.ts";
import { ReachError, type ExecResult, type Reach } from "../../src/model/target.ts";
import { contextOf, folder, here, measure, said } from "./check-context.ts";

/** What the contract suite needs to know of one kind. */
export interface KindCase {
  readonly kind: string;
  /** Params that are right; the target may be anything. */
  readonly good: unknown;
  /** Params that are wrong, each with a word that its issue must contain (a path, or a key of `checks.issues`). */
  readonly bad: readonly (readonly [params: unknown, word: string])[];
  /** Asks the target nothing: connects from here. */
  readonly connects?: boolean;
  /** What a target without the thing looked for is told, where that is an answer and not ignorance. */
  readonly absent?: string;
}

const REASONS: ReadonlySet<string> = new Set(UNKNOWN_REASONS);

function assertUnknown(measured: Measured, what: string): asserts measured is Extract<Measured, { kind: "unknown" }> {
  assert.equal(measured.kind, "unknown", `${what}: ${JSON.stringify(measured)}`);
  assert.ok(measured.kind === "unknown" && REASONS.has(measured.reason), `${what}: ${JSON.stringify(measured)}`);
}

const spawnEnd = (reason: "not-found" | "no-permission" | "other"): ExecResult => ({
  end: { kind: "spawn", reason, detail: "" },
  out: "",
  err: "",
  truncated: false,
});

/** A target on which nothing works, always for the same reason. */
function broken(reason: ReachError["reason"], end: ExecResult): Reach {
  const no = () => Promise.reject(new ReachError(reason, "somewhere"));
  return {
    target: "broken",
    exec: () => Promise.resolve(end),
    read: no,
    stat: no,
    list: no,
    space: no,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A target that answers everything with bytes that mean nothing. */
function babbling(): Reach {
  const noise = Uint8Array.from({ length: 3_000 }, (_, at) => (at * 7919) % 256);
  const out = { end: { kind: "exit", code: 0 }, out: "\u0001\u0002 noise {", err: "", truncated: false } as const;
  return {
    ...broken("other", out),
    read: () => Promise.resolve(noise),
    list: () => Promise.resolve(["noise", "1"]),
    space: () => Promise.resolve({ size: 0, free: 0, available: 0 }),
  };
}

/** A target that never answers. */
function silent(): Reach {
  const never = () => new Promise<never>(() => undefined);
  return {
    target: "silent",
    exec: never,
    read: never,
    stat: never,
    list: never,
    space: never,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const FAILURES = [
  ["absent", spawnEnd("not-found"), ["absent", "command-missing"]],
  ["no-permission", spawnEnd("no-permission"), ["no-permission"]],
  ["timeout", { ...spawnEnd("other"), end: { kind: "timeout", ms: 10 } }, ["timeout"]],
  ["unreachable", spawnEnd("other"), ["unreachable"]],
] as const satisfies readonly (readonly [ReachError["reason"], ExecResult, readonly string[]])[];

/** What every check kind must do (model/check.ts). */
export function checkKindSuite(given: KindCase): void {
  const { kind, good } = given;
  const run = (context: CheckContext) => measure(kind, good, context);

  test(`${kind}: wrong params are refused and the place is named`, () => {
    const { params } = checks.find((each) => each.kind === kind)!;
    assert.ok(params.safeParse(good).success, "the good ones");
    for (const [bad, word] of [...given.bad, [{ ...(good as object), nosuchfield: 1 }, "nosuchfield"] as const]) {
      const parsed = params.safeParse(bad);
      assert.ok(!parsed.success, `accepted ${JSON.stringify(bad)}`);
      assert.ok(JSON.stringify(parsed.error.issues).includes(word), `${word}: ${JSON.stringify(parsed.error.issues)}`);
    }
  });

  test(`${kind}: ends when it is told to, before and after it began`, async (t) => {
    const reach = await here(t, { directory: folder(t) });
    const before = await run(contextOf(reach, { signal: AbortSignal.abort() }));
    assert.equal(said(before), "unknown aborted");
    const limit = new DOMException("limit", "TimeoutError");
    assert.equal(said(await run(contextOf(reach, { signal: AbortSignal.abort(limit) }))), "unknown timeout");
    if (given.connects) return;
    const stop = new AbortController();
    const running = run(contextOf(silent(), { signal: stop.signal }));
    setImmediate(() => stop.abort());
    assert.equal(said(await running), "unknown aborted");
  });

  if (given.connects) return;

  test(`${kind}: a target that gives no answer leaves it unknown, with the reason`, async () => {
    for (const [reason, end, wanted] of FAILURES) {
      const measured = await run(contextOf(broken(reason, end)));
      if (reason === "absent" && given.absent !== undefined) {
        assert.equal(said(measured), given.absent);
        continue;
      }
      assertUnknown(measured, reason);
      assert.ok((wanted as readonly string[]).includes(measured.reason), `${reason}: ${measured.reason}`);
      assert.notEqual(measured.args?.["detail"], undefined);
    }
  });

  test(`${kind}: output that means nothing is never green`, async () => {
    const measured = await run(contextOf(babbling()));
    assert.ok(
      measured.kind === "unknown" || (measured.kind === "state" && measured.outcome === "fail"),
      JSON.stringify(measured),
    );
  });
}
