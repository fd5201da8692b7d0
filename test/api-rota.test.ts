// Who is on call, asked of a running daemon: JSON, a calendar feed, changes with a reason, and who may make them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../src/cli/dispatch.ts";
import { HANDOVER_NAMESPACE, handoverText, type Handover } from "../src/model/handover.ts";
import { ask, bookFolder, CONFIG, serving, shiftedClock } from "./kit/daemon.ts";
import { folder } from "./kit/folder.ts";
import { sshKey, sshSign } from "./kit/ssh-keys.ts";
import { worldIn } from "./kit/world.ts";
import { needs } from "./live/needs.ts";

const NOW = Date.parse("2026-11-20T03:00:00Z");
const DAY = 86_400_000;
const ROTA = `${CONFIG}  # the rota
people:
  wei: { name: 魏 Wei, contact: "tel:+8613800000000" }
  li: { name: "Li; the, other" }
rota:
  main: { people: [wei, li], every: weekly, from: 2026-11-16 }
`.replace(/people:\n {2}wang:\n {4}name: Wang\n/, "");

/** Content lines of an iCalendar text, unfolded. */
function linesOf(text: string): readonly string[] {
  assert.ok(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75 && !line.includes("\n")));
  return text.replaceAll("\r\n ", "").trim().split("\r\n");
}

test("who is on call is told by the API and as a calendar, and follows an override made with a reason", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": ROTA });
  const { url, socket } = await serving(t, root, { clock: shiftedClock(NOW) });
  const now = async () => (await ask(url, "/api/v1/rotas")).json.rotas[0];
  const before = await now();
  assert.deepEqual(
    [before.state, before.who[0], before.next.who[0].person],
    ["on", { person: "wei", name: "魏 Wei", contact: "tel:+8613800000000" }, "li"],
  );
  const change = { do: "override", person: "li", begins: NOW - DAY, ends: NOW + DAY, reason: "Wei is ill", by: "wang" };
  const post = (body: object, to: string | { socket: string } = { socket }) =>
    ask(to, "/api/v1/rotas/main/changes", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  assert.equal((await post(change, url)).status, 401, "over TCP a change needs a person's token");
  const made = await post(change);
  assert.equal(made.status, 201);
  assert.deepEqual([made.json.now.who[0].person, made.json.now.because.instead], ["li", "wei"]);
  assert.deepEqual([(await now()).because.reason, (await now()).until], ["Wei is ill", NOW + DAY]);
  const refused = async (body: object) => (await post(body)).json.code;
  assert.equal(await refused({ ...change, person: "wei" }), "ROTA-OVERLAP");
  assert.equal(await refused({ ...change, person: "lee" }), "ROTA-PERSON");
  assert.equal(await refused({ ...change, ends: NOW - 2 * DAY }), "ROTA-SPAN");
  assert.equal(await refused({ ...change, begins: NOW - 3 * DAY, ends: NOW - 2 * DAY }), "ROTA-PAST");
  assert.equal(await refused({ ...change, reason: "  " }), "ROTA-REASON");
  assert.equal(await refused({ do: "withdraw", change: "nothing", reason: "x" }), "ROTA-CHANGE-UNKNOWN");

  const feed = await ask(url, "/api/v1/rotas/main.ics");
  assert.match(String(feed.headers["content-type"]), /^text\/calendar/);
  const lines = linesOf(feed.text);
  const at = lines.indexOf("DTSTART:20261123T010000Z");
  assert.deepEqual(lines.slice(at - 3, at + 4), [
    "BEGIN:VEVENT",
    "UID:main-20261123T010000Z@watchbook",
    lines[at - 1],
    "DTSTART:20261123T010000Z",
    "DTEND:20261130T010000Z",
    String.raw`SUMMARY:On call: Li\; the\, other`,
    String.raw`DESCRIPTION:Li\; the\, other`,
  ]);

  const { id } = made.json.change;
  assert.equal((await post({ do: "withdraw", change: id, reason: "well again" })).status, 201);
  assert.equal((await now()).who[0].person, "wei");
  const swap = { do: "swap", persons: ["wei", "li"], begins: NOW, ends: NOW + 14 * DAY, reason: "wedding" };
  assert.equal((await post(swap)).json.now.who[0].person, "li");
  assert.equal((await ask(url, "/api/v1/rotas/none")).json.code, "ROTA-UNKNOWN");
  assert.equal((await ask(url, `/api/v1/rotas?at=${2 ** 53 - 1}`)).status, 400);
  assert.equal((await ask(url, "/api/v1/rotas?at=253402300799999")).json.rotas[0].state, "on");
  assert.equal(await refused({ ...change, ends: 2 ** 53 - 1 }), "REQUEST-INVALID");
});

test("verbs beside a running daemon read what it has and write through it: who, rota, gap, handover", async (t) => {
  const root = bookFolder(t, { "watchbook.yaml": ROTA });
  const clock = shiftedClock(NOW);
  const { url } = await serving(t, root, { clock });
  const call = async (...args: string[]) => {
    const world = worldIn(root);
    const status = await run([...args, "--lang", "en", "--json"], { ...world, clock });
    return { status, json: JSON.parse(world.said.stdout) };
  };
  const change = ["rota", "override", "main", "li", "--to", "2026-11-21", "--by", "wei"];
  assert.equal((await call(...change, "--reason", "ill")).json.change.ends, Date.parse("2026-11-22T00:00:00+08:00"));
  assert.equal((await call(...change.with(3, "wei"), "--reason", "x")).json.error.code, "ROTA-OVERLAP");
  assert.equal((await call("who")).json.rotas[0].who[0].person, "li");
  const { id } = (await call("gap", "add", "Where is the fan?")).json;
  assert.equal((await ask(url, "/api/v1/gaps")).json.gaps[0].id, id);
  const page = (await call("handover")).json as Handover;
  assert.deepEqual([page.watched, page.gives[0]?.person, page.takes[0]?.person], [true, "li", "wei"]);
  assert.equal(page.sections.find((one) => one.id === "questions")!.items.length, 1);
  assert.equal((await call("gap", "close", id, "--reason", "ops.md:6")).json.closed.reason, "ops.md:6");
  assert.equal((await call("gap", "close", id, "--reason", "again")).json.error.code, "GAP-UNKNOWN");
});

test("a daemon takes a receiver's signature over a hand-over once, and only that person's own", async (t) => {
  if (!needs(t, "ssh-keygen")) return;
  const key = sshKey(folder(t), "li");
  const root = bookFolder(t, {
    "watchbook.yaml": ROTA.replace('name: "Li; the, other"', `key: ${JSON.stringify(key.line)}`),
  });
  const { socket } = await serving(t, root, { clock: shiftedClock(NOW) });
  const [page, facts] = ["a", "b"].map((sign) => `sha256:${sign.repeat(64)}`);
  const text = handoverText({ book: "sha256:c", page: page!, facts: facts!, person: "li" });
  const post = async (body: object) =>
    ask({ socket }, "/api/v1/handovers/acceptances", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const signature = sshSign(key, text, HANDOVER_NAMESPACE);
  assert.equal((await post({ text: text.replace("li", "wei"), signature })).json.code, "HANDOVER-NO-KEY");
  assert.equal((await post({ text: text.replaceAll("a", "d"), signature })).json.code, "HANDOVER-TEXT");
  assert.equal((await post({ text, signature: sshSign(key, text) })).json.code, "HANDOVER-SIGNATURE");
  const taken = await post({ text, signature });
  assert.deepEqual([taken.status, taken.json.person], [201, "li"]);
  assert.equal((await post({ text, signature })).json.code, "HANDOVER-TWICE");
});
