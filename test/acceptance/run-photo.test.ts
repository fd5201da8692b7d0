// What a person gives with a step, a photo or a file, becomes a part of the evidence: signed, shown, and checked byte by byte.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { call, daemon } from "../kit/socket.ts";
import { rescue, textIn } from "../kit/rescue.ts";

/** The smallest picture: one pixel, GIF. */
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

test("a photo with a tick is shown in the record, covered by the signature, and one changed byte is seen", async (t) => {
  const { json, wb, at } = rescue(t);
  await json("run", "SOP-10", "--env", "both", "--execute", "--by", "ana");
  writeFileSync(at("lamp (1).gif"), PIXEL);
  const told = ["--note", "green", "--file", at("lamp (1).gif"), "--by", "ana"];
  const { code, json: ended } = await json("runs", "tick", "last", ...told);
  assert.equal(code, 0);
  const photo = join(ended.evidence, "attachment-01.gif");
  assert.deepEqual(readFileSync(photo), PIXEL);
  const result = JSON.parse(textIn(ended.evidence, "result.json"));
  assert.deepEqual(result.files[0], {
    step: "SOP-10/1",
    target: "db-2",
    file: "attachment-01.gif",
    name: "lamp (1).gif",
    sha256: sha256(PIXEL),
    bytes: PIXEL.length,
    by: "ana",
  });
  assert.match(textIn(ended.evidence, "result.md"), /!\[lamp \(1\)\.gif\]\(attachment-01\.gif\)/);
  assert.equal((await wb("evidence", "verify", ended.evidence)).code, 0);

  writeFileSync(photo, Buffer.concat([PIXEL.subarray(0, -1), Buffer.from([PIXEL.at(-1)! ^ 1])]));
  const forged = await wb("evidence", "verify", ended.evidence);
  assert.equal(forged.code, 2);
  assert.match(forged.out + forged.err, /attachment-01\.gif was changed after it was signed/);
  rmSync(photo);
  const gone = await wb("evidence", "verify", ended.evidence);
  assert.equal(gone.code, 2);
  assert.match(gone.out + gone.err, /attachment-01\.gif is missing/);
  writeFileSync(photo, PIXEL);
  writeFileSync(join(ended.evidence, "attachment-02.gif"), PIXEL);
  const extra = await wb("evidence", "verify", ended.evidence);
  assert.equal(extra.code, 2);
  assert.match(extra.out + extra.err, /attachment-02\.gif does not belong there/);
});

test("a file that is not there, empty or too large is refused, and the step stays open", async (t) => {
  const { json, wb, at, data } = rescue(t);
  const { json: begun } = await json("run", "SOP-10", "--env", "both", "--execute", "--by", "ana");
  const none = await wb("runs", "tick", "last", "--file", at("none.jpg"));
  assert.equal(none.code, 2);
  writeFileSync(at("empty.jpg"), "");
  const empty = await wb("runs", "tick", "last", "--file", at("empty.jpg"));
  assert.equal(empty.code, 2);
  assert.match(empty.err, /is empty: it shows nothing/);
  writeFileSync(at("disk.img"), "");
  truncateSync(at("disk.img"), (16 << 20) + 1);
  const large = await wb("runs", "tick", "last", "--file", at("disk.img"));
  assert.equal(large.code, 2);
  assert.match(large.err, /is larger than 16 MiB/);
  assert.equal((await json("runs", "show", "last")).json.state, "waiting");
  assert.equal(existsSync(join(data, "runs", begun.run, "files")), false);
});

test("a step that demands a photo is not done without one; what is no picture is linked, not shown", async (t) => {
  const demand = "      SOP-10/1: { kind: manual, with: { text: press, file: required, note: required } }\n";
  const { json, wb, at, book } = rescue(t);
  const yaml = join(book, "watchbook.yaml");
  const sop = "SOP-10: { environments: { both: { targets: [db-2] } } }\n";
  const own = `SOP-10:\n    environments: { both: { targets: [db-2] } }\n    steps:\n${demand}`;
  writeFileSync(yaml, readFileSync(yaml, "utf8").replace(sop, own));
  const { json: begun } = await json("run", "SOP-10", "--env", "both", "--execute", "--by", "ana");
  assert.equal(begun.steps[0].id, "SOP-10/1");
  const bare = await wb("runs", "tick", "last", "--note", "green");
  assert.equal(bare.code, 2);
  assert.match(bare.err, /asks for a photo or file/);
  writeFileSync(at("page.html"), "<script>alert(1)</script>\n");
  const noted = await wb("runs", "tick", "last", "--file", at("page.html"));
  assert.match(noted.err, /asks for what was seen/);
  const { json: ended } = await json("runs", "tick", "last", "--note", "green", "--file", at("page.html"));
  assert.equal(ended.state, "done");
  assert.equal(readdirSync(ended.evidence).includes("attachment-01.bin"), true);
  assert.match(textIn(ended.evidence, "result.md"), /\n\[page\.html\]\(attachment-01\.bin\)\n/);
});

test("over the daemon a photo is uploaded, named by the tick, and is in the evidence; one that nobody gave is refused", async (t) => {
  const { json, wb, at, book, data } = rescue(t);
  const socket = await daemon(t, book, data);
  const { json: begun } = await json("run", "SOP-10", "--env", "both", "--execute", "--by", "ana");
  writeFileSync(at("lamp.gif"), PIXEL);
  const path = `/api/v1/runs/${begun.run}`;
  const unknown = { do: "tick", by: "ana", done: true, file: { name: "lamp.gif", sha256: sha256(PIXEL) } };
  const refused = await call(socket, "POST", `${path}/actions`, unknown);
  assert.equal(refused.json.code, "RUN-FILE-LOST");
  const kept = await call(socket, "POST", `${path}/files?name=lamp.gif`, PIXEL);
  assert.deepEqual([kept.status, kept.json], [201, { name: "lamp.gif", sha256: sha256(PIXEL), bytes: PIXEL.length }]);
  const large = await call(socket, "POST", `${path}/files?name=disk.img`, Buffer.alloc((16 << 20) + 4096));
  assert.equal(large.json.code, "BODY-TOO-LARGE");
  const ticked = await json("runs", "tick", "last", "--file", at("lamp.gif"), "--by", "ana", "--follow");
  assert.equal(ticked.json.state, "done", ticked.err);
  const { evidence } = (await json("runs", "show", "last")).json;
  assert.deepEqual(readFileSync(join(evidence, "attachment-01.gif")), PIXEL);
  assert.equal((await wb("evidence", "verify", evidence)).code, 0);
});
