import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import type { CheckNow } from "../src/engine/snapshot.ts";
import { systemClock } from "../src/model/time.ts";
import { bookFolder, serving, until } from "./kit/daemon.ts";

/** A server on loopback; gives its address. */
async function site(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Wanted {
  readonly id: string;
  readonly url: string;
  readonly more?: string;
  readonly rule?: boolean;
}

const book = (checks: readonly Wanted[]): string => `title: Shop
lang: en
severities: { P1: { scale: alert } }
checks:
${checks.map(({ id, url, more = "" }) => `  ${id}: { kind: http, title: ${id}, params: { url: "${url}"${more} } }`).join("\n")}
rules:
${checks.map(({ id }) => `  ${id}-down: { check: ${id}, severity: P1 }`).join("\n")}
`;

const every = { checks: 1_000, book: 50, calendar: 50, alerts: 50 };

const daemonOf = async (t: TestContext, checks: readonly Wanted[], interval = 1_000) => {
  const root = bookFolder(t, { "watchbook.yaml": book(checks) });
  return (await serving(t, root, { every: { ...every, checks: interval }, clock: systemClock })).daemon;
};

const outcomes = (checks: readonly CheckNow[]): Readonly<Record<string, string>> =>
  Object.fromEntries(checks.map(({ spec, reading }) => [spec.id, reading?.outcome ?? "-"]));

test("200 checks that hang do not hold up 50 that answer, and all are told apart", async (t) => {
  const asked = new Map<string, number>();
  const url = await site(t, (request, response) => {
    asked.set(request.url!, (asked.get(request.url!) ?? 0) + 1);
    if (request.url!.startsWith("/well")) response.end("ok");
  });
  const hanging = Array.from({ length: 200 }, (_, n) => ({
    id: `hangs-${n}`,
    url: `${url}/hangs/${n}`,
    more: ", within: 2s",
  }));
  const well = Array.from({ length: 50 }, (_, n) => ({ id: `well-${n}`, url: `${url}/well/${n}` }));
  const daemon = await daemonOf(t, [...hanging, ...well], 1_000);
  await until("the last hanging one is asked", () => asked.size === 250);
  const before = well.map((_, n) => asked.get(`/well/${n}`)!);
  await until("what answers is asked three times more", () =>
    well.every((_, n) => asked.get(`/well/${n}`)! >= before[n]! + 2),
  );
  // While that went on hardly any of the others can have ended more than twice.
  assert.ok(hanging.every((_, n) => asked.get(`/hangs/${n}`)! <= 4));
  await until(
    "a verdict on each that hangs",
    () => Object.values(outcomes(daemon.checks())).filter((one) => one === "fail").length === 200,
  );
  const now = daemon.checks().filter(({ spec }) => spec.id.startsWith("well-"));
  assert.equal(now.length, 50);
  assert.deepEqual(
    now.filter(({ reading }) => reading?.outcome !== "pass").map(({ reading }) => reading),
    [],
  );
});

test("what fails once is read again before it counts; what fails twice fires", async (t) => {
  const asked: Record<string, number> = {};
  const url = await site(t, (request, response) => {
    const count = (asked[request.url!] = (asked[request.url!] ?? 0) + 1);
    response.writeHead(request.url === "/down" || (request.url === "/once" && count === 2) ? 500 : 200).end();
  });
  const daemon = await daemonOf(
    t,
    [
      { id: "once", url: `${url}/once` },
      { id: "down", url: `${url}/down` },
    ],
    300,
  );
  await until("the alert", () => daemon.alerts.desk().open.size > 0);
  await until("the second reading", () => (asked["/once"] ?? 0) >= 4);
  assert.deepEqual([...daemon.alerts.desk().open.keys()], ["down-down@local"]);
  const changed = await daemon.house.store.events({ after: 0, kind: "check.changed" });
  assert.deepEqual(
    changed.map(({ subject }) => subject).filter((subject) => subject === "once"),
    [],
  );
});

test("samples of 100 checks are kept together, with their outcomes, and read back as a series", async (t) => {
  const url = await site(t, (request, response) => response.writeHead(request.url === "/7" ? 404 : 200).end("ok"));
  const checks = Array.from({ length: 100 }, (_, n) => ({
    id: `c${n}`,
    url: `${url}/${n}`,
    more: ", status: [200, 404]",
  }));
  const daemon = await daemonOf(t, checks, 300);
  const { store } = daemon.house;
  const to = systemClock.wall() + 86_400_000;
  const series = (check: string) => store.series({ check, target: "local", from: to - 2 * 86_400_000, to, points: 1 });
  const [point] = await until("four samples", async () => {
    const found = await series("c99");
    return (found[0]?.count ?? 0) >= 4 && found;
  });
  assert.ok(point!.min > 0 && point!.mean >= point!.min && point!.max >= point!.mean && point!.worst === "pass");
  const kept = await store.samples({ check: "c7", target: "local", since: 0 });
  assert.ok(
    kept.length > 0 && kept.every(({ facts }) => facts === undefined),
    "facts of a check that looks back at nothing",
  );
});

test("a check has a clock of its own, and a book that changes is followed at once", async (t) => {
  const asked: Record<string, number> = {};
  const url = await site(t, (request, response) => {
    asked[request.url!] = (asked[request.url!] ?? 0) + 1;
    response.end("ok");
  });
  const yaml = (path: string): string => `title: Shop
checks:
  slow: { kind: http, params: { url: "${url}/slow" }, every: 4m }
  quick: { kind: http, params: { url: "${url}${path}" }, every: 1s }
severities: { P1: { scale: alert } }
rules:
  a: { check: slow, severity: P1 }
  b: { check: quick, severity: P1 }
`;
  const root = bookFolder(t, { "watchbook.yaml": yaml("/quick") });
  const { daemon } = await serving(t, root, { every: { book: 50, calendar: 50, alerts: 50 }, clock: systemClock });
  await until("three readings of the quick one", () => (asked["/quick"] ?? 0) >= 3);
  assert.equal(asked["/slow"], 1);
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${root}/watchbook.yaml`, yaml("/other"));
  await until("the other address", () => (asked["/other"] ?? 0) >= 1);
  assert.equal(asked["/slow"], 1);
  assert.equal(daemon.ill(), undefined);
});
