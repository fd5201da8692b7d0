import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { evaluate } from "../src/desk/alert/index.ts";
import { ALERT_DEFAULTS } from "../src/model/alert-policy.ts";
import type { Watch } from "../src/model/alert.ts";
import type { Point, Rule } from "../src/model/rule.ts";

/**
 * One case of the conformance suite: a value a minute for each series (null: it did not come), one evaluation half a minute
 * after each (so that it does not matter to which side a window is closed: Prometheus changed that in 3.0), and the minutes in which the rule fires and is over. The same file is fed to a real Prometheus, unless only
 * the embedded rules can say it.
 */
interface Case {
  readonly about: string;
  readonly only?: "embedded";
  readonly rule: Readonly<Record<string, unknown>>;
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  readonly fires: readonly number[];
  readonly clears: readonly number[];
}

const MINUTE = 60_000;
const T0 = Date.parse("2026-11-20T00:00:00Z");
const folder = new URL("books/rules/", import.meta.url);

const ruleOf = (given: Case["rule"]): Rule =>
  ({
    ...{ id: "r", title: "r", check: "probe", target: "local", severity: "P1", metric: "m", down: false },
    source: { file: "watchbook.yaml", line: 1 },
    ...given,
  }) as unknown as Rule;

const pointsOf = (values: readonly (number | null)[], until: number): readonly Point[] =>
  values.flatMap((value, minute) =>
    value === null || minute > until ? [] : [{ at: T0 + minute * MINUTE - MINUTE / 2, value }],
  );

function play({ rule: given, series }: Case): {
  readonly fires: readonly number[];
  readonly clears: readonly number[];
} {
  const rule = ruleOf(given);
  const fires: number[] = [];
  const clears: number[] = [];
  let watches: ReadonlyMap<string, Watch> = new Map();
  for (let minute = 0; minute < Math.max(...Object.values(series).map(({ length }) => length)); minute += 1) {
    const seen = (check: string): readonly Point[] => pointsOf(series[check] ?? [], minute);
    const before = [...watches.values()][0]?.phase;
    watches = evaluate([rule], watches, seen, () => T0, T0 + minute * MINUTE, ALERT_DEFAULTS).watches;
    const phase = [...watches.values()][0]?.phase;
    if (phase === "firing" && before !== "firing") fires.push(minute);
    if (phase !== "firing" && before === "firing") clears.push(minute);
  }
  return { fires, clears };
}

for (const file of readdirSync(folder).toSorted()) {
  const one = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Case;
  test(`${file}: ${one.about}`, () => {
    assert.deepEqual(play(one), { fires: one.fires, clears: one.clears });
  });
}

const probe = (phase: Watch["phase"], watch: ReadonlyMap<string, Watch>): boolean =>
  watch.get("r@local")?.phase === phase;

test("what flaps lasts, as one alert, until it kept calm for its time", () => {
  const rule = ruleOf({ form: "compare", of: "level", bad: "above", fire: 2, clear: 0.5, forMs: 0 });
  const points: Point[] = [];
  let watches: ReadonlyMap<string, Watch> = new Map();
  let fired = 0;
  const at = (minute: number, level: number) => {
    points.push({ at: T0 + minute * MINUTE, level });
    const done = evaluate(
      [rule],
      watches,
      () => points,
      () => T0,
      T0 + minute * MINUTE,
      ALERT_DEFAULTS,
    );
    if (!probe("firing", watches) && probe("firing", done.watches)) fired += 1;
    watches = done.watches;
    return done.signals[0];
  };
  for (let minute = 0; minute < 16; minute += 2) {
    at(minute, 2);
    at(minute + 1, 0);
  }
  assert.equal(fired, 3);
  assert.equal(at(16, 2)?.flapping, true);
  for (let minute = 17; minute < 27; minute += 1) assert.equal(at(minute, 0)?.firing, true, `minute ${minute}`);
  assert.equal(at(27, 0)?.firing, false);
});

test("a reading that could not be judged leaves a pending rule pending, and says since when nothing is seen", () => {
  const rule = ruleOf({ form: "compare", of: "level", bad: "above", fire: 2, clear: 0.5, forMs: 3 * MINUTE });
  const points: Point[] = [
    { at: T0, level: 2 },
    { at: T0 + MINUTE },
    { at: T0 + 2 * MINUTE },
    { at: T0 + 3 * MINUTE, level: 2 },
  ];
  let watches: ReadonlyMap<string, Watch> = new Map();
  const phases = points.map(({ at }) => {
    watches = evaluate(
      [rule],
      watches,
      () => points.filter((one) => one.at <= at),
      () => T0,
      at,
      ALERT_DEFAULTS,
    ).watches;
    const { phase, blind } = watches.get("r@local")!;
    return `${phase}${blind === undefined ? "" : ` blind since ${(blind - T0) / MINUTE}`}`;
  });
  assert.deepEqual(phases, ["pending", "pending blind since 1", "pending blind since 1", "firing"]);
});

test("since a start nobody has read it: what fired before still fires, and nothing is missing yet", () => {
  const rule = ruleOf({ form: "compare", of: "value", bad: "above", fire: 90, forMs: 0 });
  const absent = ruleOf({ id: "absent", form: "absence", windowMs: 5 * MINUTE, forMs: 0 });
  const fired: Watch = { key: "r@local", phase: "firing", since: T0 - MINUTE, flips: [] };
  const done = (minutes: number) =>
    evaluate(
      [rule, absent],
      new Map([[fired.key, fired]]),
      () => [],
      () => T0,
      T0 + minutes * MINUTE,
      ALERT_DEFAULTS,
    );
  assert.equal(done(1).watches.get("r@local"), fired);
  assert.deepEqual(done(1).signals, []);
  assert.equal(done(4).watches.get("absent@local")?.phase, "ok");
  assert.equal(done(5).watches.get("absent@local")?.phase, "firing");
});
