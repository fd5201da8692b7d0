// What a process that drives runs without being a daemon serves, and what it does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRunsApp } from "../src/api/runs-app.ts";
import type { RunsParts } from "../src/api/front.ts";
import { readAnew } from "../src/engine/run/control/anew.ts";
import type { RunControl } from "../src/engine/run/control.ts";
import { WatchbookError } from "../src/model/error.ts";

/** Hears what is asked of it. */
const controlOf = (heard: string[]): RunControl =>
  ({
    list: async () => (heard.push("list"), []),
    plan: async () => (heard.push("plan"), {}),
    act: async (_run: string, _by: string, { do: what }: { readonly do: string }) => {
      heard.push(what);
      return { record: { id: "r1" } };
    },
  }) as unknown as RunControl;

const partsOf = (runs: RunControl): RunsParts =>
  ({
    daemon: {
      runs,
      house: { clock: { wall: () => 0 } },
      book: () => ({ open: { book: { lang: "zh", environments: [] } }, findings: [], loaded: 0 }),
      done: new Promise(() => undefined),
    },
    onBug: () => undefined,
  }) as unknown as RunsParts;

test("only plans and runs, only through the socket", async () => {
  const heard: string[] = [];
  const app = makeRunsApp(partsOf(controlOf(heard)));
  const ask = (path: string, front: string): Promise<Response> =>
    Promise.resolve(app.request(path, { headers: { host: "localhost" } }, { front }));
  assert.equal((await ask("/api/v1/runs", "socket")).status, 200);
  for (const front of ["loopback", "open"]) assert.equal((await ask("/api/v1/runs", front)).status, 401, front);
  for (const path of ["/", "/api/v1/duties", "/api/v1/status", "/metrics", "/api/v1/tokens"]) {
    const answer = await ask(path, "socket");
    assert.equal(answer.status, 404, path);
    assert.match(((await answer.json()) as { say: string }).say, /没有/, "in the book's language");
  }
  assert.deepEqual(heard, ["list"]);
});

test("the manual is read again before anything begins or goes on; a broken one stops no cancel", async () => {
  const heard: string[] = [];
  let broken = false;
  const runs = readAnew(controlOf(heard), async () => {
    heard.push("look");
    if (broken) throw new WatchbookError("LINT-NOTHING", { path: "-" });
  });
  await runs.plan({ runbook: "a", environment: "b", params: {} });
  await runs.act("r1", "ana", { do: "resume" });
  await runs.act("r1", "ana", { do: "pause", reason: "" });
  assert.deepEqual(heard.splice(0), ["look", "plan", "look", "resume", "pause"]);
  broken = true;
  await assert.rejects(runs.act("r1", "ana", { do: "resume" }), { code: "LINT-NOTHING" });
  await runs.act("r1", "ana", { do: "cancel", reason: "", undo: true });
  await runs.list({});
  assert.deepEqual(heard, ["look", "cancel", "list"]);
});
