import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { deskOf, type Changed } from "../src/desk/alert/index.ts";
import type { Signal } from "../src/model/alert.ts";
import { delivered, later, refused, type Delivery } from "../src/model/notice.ts";
import { DeskWorld, MINUTE, signal, silence, T0 } from "./kit/alert-desk.ts";

/** Rules of two services that need each other's, two severities; db is down when `db-up` fires. */
const KINDS: readonly Signal[] = [
  signal("errors"),
  signal("timeouts"),
  signal("slow", { severity: "P2" }),
  signal("cpu-warn", { severity: "P2", metric: "cpu" }),
  signal("cpu-critical", { metric: "cpu" }),
  signal("db-up", { key: "db-up@db-1", target: "db-1", service: "db", down: true }),
];

type Act =
  | { readonly do: "signal"; readonly kind: number; readonly firing: boolean }
  | { readonly do: "wait"; readonly minutes: number }
  | { readonly do: "ack"; readonly kind: number; readonly minutes: number }
  | { readonly do: "silence"; readonly minutes: number; readonly rule?: string }
  | { readonly do: "channel"; readonly channel: string; readonly says: number };

const kinds = fc.nat({ max: KINDS.length - 1 });
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("signal" as const), kind: kinds, firing: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(0.1, 0.5, 2, 6, 40) }),
  },
  fc.record({ do: fc.constant("ack" as const), kind: kinds, minutes: fc.constantFrom(1, 10) }),
  fc.record({ do: fc.constant("silence" as const), minutes: fc.constantFrom(1, 8) }),
  fc.record({
    do: fc.constant("channel" as const),
    channel: fc.constantFrom("pager", "phone", "chat"),
    says: fc.nat({ max: 2 }),
  }),
);

/** Two that are told together, a channel that is away now and then, somebody who takes them: whose ends are easily lost. */
const lively: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("signal" as const),
      kind: fc.nat({ max: 1 }),
      firing: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), minutes: fc.constantFrom(0.1, 0.5, 2, 6) }) },
  fc.record({ do: fc.constant("ack" as const), kind: fc.nat({ max: 1 }), minutes: fc.constantFrom(1, 10) }),
  fc.record({
    do: fc.constant("silence" as const),
    rule: fc.constantFrom("errors", "timeouts"),
    minutes: fc.constant(8),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("channel" as const),
      channel: fc.constantFrom("pager", "phone"),
      says: fc.nat({ max: 1 }),
    }),
  },
);

const SAYS: readonly (() => Delivery)[] = [() => delivered(), () => later(5_000, "no-answer"), () => refused("gone")];

/** Plays acts; `each` happens after every one of them. Coarse time: a step every ten seconds. */
function play(list: readonly Act[], each: (world: DeskWorld) => void = () => undefined): DeskWorld {
  const world = new DeskWorld();
  const says = new Map<string, number>();
  world.answers = ({ channel }) => SAYS[says.get(channel) ?? 0]!();
  const firing = new Set<number>();
  const pass = (minutes: number): void => {
    for (const end = world.now + minutes * MINUTE; world.now < end;) {
      world.now = Math.min(end, world.now + 10_000);
      world.signals(...[...firing].toSorted((a, b) => a - b).map((kind) => KINDS[kind]!));
    }
  };
  for (const [index, act] of list.entries()) {
    if (act.do === "wait") pass(act.minutes);
    if (act.do === "channel") says.set(act.channel, act.says);
    if (act.do === "signal") {
      if (act.firing) firing.add(act.kind);
      else firing.delete(act.kind);
      world.signals({ ...KINDS[act.kind]!, firing: act.firing });
    }
    const alert = act.do === "ack" ? world.alert(KINDS[act.kind]!.key) : undefined;
    if (act.do === "ack" && alert)
      world.do({ kind: "acknowledge", alerts: [alert.id], by: "wang", forMs: act.minutes * MINUTE });
    if (act.do === "silence") {
      const ends = { starts: world.now, ends: world.now + act.minutes * MINUTE };
      const what = act.rule === undefined ? { label: "severity", value: "P1" } : { label: "rule", value: act.rule };
      world.do({ kind: "silence", silence: silence(`S${index}`, [{ ...what, is: "=" }], ends) });
    }
    world.now += 1;
    each(world);
  }
  // All is well again, everywhere.
  says.clear();
  firing.clear();
  world.signals(...KINDS.map((kind) => ({ ...kind, firing: false })));
  world.wait(10 * MINUTE);
  return world;
}

const runs = { numRuns: 150, endOnFailure: true };

/** The desk as a store would give it back: the last record of everything, through JSON. */
function restored(records: readonly Changed[]): DeskWorld["desk"] {
  const last = <T>(lists: readonly (readonly T[])[], key: (one: T) => string): T[] => [
    ...new Map(lists.flat().map((one) => [key(one), JSON.parse(JSON.stringify(one)) as T])).values(),
  ];
  return deskOf({
    watches: last(
      records.map((one) => one.watches),
      ({ key }) => key,
    ),
    alerts: last(
      records.map((one) => one.alerts),
      ({ id }) => id,
    ),
    groups: last(
      records.map((one) => one.groups),
      ({ id }) => id,
    ),
    silences: last(
      records.map((one) => one.silences),
      ({ id }) => id,
    ),
    notices: last(
      records.map((one) => one.notices),
      ({ id }) => id,
    ),
  });
}

test("a restart at any point gives the same notices, none twice and none lost [H-057]", () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 25 }), (list) => {
      const straight = play(list);
      const broken = play(list, (world) => void (world.desk = restored(world.records)));
      assert.deepEqual(broken.heard, straight.heard);
      assert.equal(new Set(straight.heard.map(({ id }) => id)).size, straight.heard.length);
    }),
    runs,
  );
});

/** What each receiver heard of each alert of a group, in order: whether it goes on, or is over. */
function heardOf(world: DeskWorld): ReadonlyMap<string, readonly boolean[]> {
  const found = new Map<string, boolean[]>();
  for (const { group, channel, person, alerts } of world.heard)
    for (const { id, title, ended } of alerts) {
      const key = JSON.stringify([group, channel, person, title, id]);
      found.set(key, [...(found.get(key) ?? []), ended === undefined]);
    }
  return found;
}

/** Notices as somebody without a clock hears them: when, of what, how old that is; `set` moves the clock after acts. */
function heardWithout(list: readonly Act[], set: (index: number) => number): readonly unknown[] {
  const heard: string[] = [];
  let [index, sum] = [0, 0];
  const write = (world: DeskWorld): void => {
    for (const { event, channel, at, alerts } of world.heard.slice(heard.length)) {
      const lasts = alerts.map(({ title, started, ended }) =>
        ended === undefined ? `${title} since ${started - sum}` : `${title} for ${ended - started}`,
      );
      heard.push(JSON.stringify([at - sum, channel, event, ...lasts.toSorted()]));
    }
  };
  const world = play(list, (now) => {
    write(now);
    const by = set(index++);
    if (by === 0) return;
    sum += by;
    now.now += by;
    now.do({ kind: "clock", by });
  });
  write(world);
  // Of one moment in the order of ids, which are made from moments.
  return heard.toSorted();
}

test("a clock that is set at any point changes nothing of what is told, nor how old it is", () => {
  const HOUR = 60 * MINUTE;
  const sets = fc.array(fc.constantFrom(0, 0, HOUR, -HOUR, 25 * HOUR), { minLength: 25, maxLength: 25 });
  // Silences are about the clock on the wall.
  const without = acts.filter((act) => act.do !== "silence");
  fc.assert(
    fc.property(fc.array(without, { maxLength: 25 }), sets, (list, set) => {
      assert.deepEqual(
        heardWithout(list, (index) => set[index]!),
        heardWithout(list, () => 0),
      );
    }),
    runs,
  );
});

test("nobody is told of an end who was not told of the beginning, and whoever was told of it hears the end", () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(acts, { maxLength: 25 }), fc.array(lively, { maxLength: 25 })), (list) => {
      const world = play(list);
      const open = new Map<string, Set<string>>();
      for (const { event, group, channel, person, ids } of world.heard) {
        const key = JSON.stringify([group, channel, person]);
        const known = open.get(key) ?? new Set();
        if (event === "resolve") {
          assert.ok(known.size > 0, "an end without a beginning");
          for (const id of ids) known.delete(id);
        } else if (event !== "acknowledge") for (const id of ids) known.add(id);
        open.set(key, known);
      }
      const refusing = list.some((act) => act.do === "channel" && act.says === 2);
      // A channel that refused is broken until it has taken something again; a receiver that refused the end is lost to us.
      if (refusing) return assert.ok([...world.desk.open.keys()].every((key) => key.startsWith("channel@")));
      const left = [...heardOf(world)].filter(([, heard]) => heard.at(-1)).map(([key]) => key);
      assert.deepEqual(left, [], "told of each alert that it goes on, and never that it is over");
      assert.equal(world.desk.open.size + world.desk.over.size + world.desk.outbox.size + world.desk.groups.size, 0);
    }),
    runs,
  );
});

test("the order in which things that have nothing to do with each other come does not matter", () => {
  fc.assert(
    fc.property(fc.uniqueArray(kinds, { minLength: 2 }), fc.infiniteStream(fc.nat()), (list, keys) => {
      const shuffled = list
        .map((kind) => ({ kind, key: keys.next().value as number }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ kind }) => kind);
      const told = (order: readonly number[]): readonly unknown[] => {
        const world = new DeskWorld();
        world.signals(...order.map((kind) => KINDS[kind]!));
        world.wait(6 * MINUTE);
        world.signals(...order.map((kind) => ({ ...KINDS[kind]!, firing: false })));
        return world.heard.map(({ id, event, channel, ids, at }) => ({ id, event, channel, ids, at: at - T0 }));
      };
      assert.deepEqual(told(shuffled), told(list));
    }),
    runs,
  );
});
