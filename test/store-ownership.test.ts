import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isOwned, own, ownerOf, type Ownership } from "../src/store/ownership.ts";
import { folder } from "./kit/folder.ts";

const ownership = join(import.meta.dirname, "../src/store/ownership.ts");

/** A process that owns `data` until it is killed; resolves when it says so. */
async function owner(data: string) {
  const code = `import { own } from ${JSON.stringify(ownership)};
    await own(${JSON.stringify(data)}, { socket: ${JSON.stringify(join(data, "s.sock"))} });
    console.log("owned"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("one process owns a data directory; a second gets its pid, and kill -9 frees it at once", async (t) => {
  const data = join(folder(t), "data");
  const child = await owner(data);
  t.after(() => child.kill("SIGKILL"));
  const answer = await own(data, { socket: null });
  assert.ok(isOwned(answer));
  assert.equal(answer.owner.pid, child.pid);
  assert.equal(answer.owner.socket, join(data, "s.sock"));
  assert.equal(ownerOf(data)?.pid, child.pid);
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.equal(ownerOf(data), undefined);
  const mine = await own(data, { socket: null });
  assert.ok(!isOwned(mine));
  assert.equal(mine.mine.pid, process.pid);
  assert.equal(JSON.parse(readFileSync(join(data, "owner.json"), "utf8")).pid, process.pid);
  await mine[Symbol.asyncDispose]();
  assert.ok(!existsSync(join(data, "owner.json")));
});

test("inside one process too, the second asker gets the first one's pid; giving back frees it", async (t) => {
  const data = join(folder(t), "data");
  const first = (await own(data, { socket: null })) as Ownership;
  const second = await own(data, { socket: null });
  assert.ok(isOwned(second));
  assert.equal(second.owner.pid, process.pid);
  assert.equal(ownerOf(data)?.pid, process.pid);
  await first[Symbol.asyncDispose]();
  assert.equal(ownerOf(data), undefined);
  const third = await own(data, { socket: null });
  assert.ok(!isOwned(third));
  assert.equal(statSync(data).mode & 0o777, 0o700);
  await third[Symbol.asyncDispose]();
});

test("an owner.json that a dead process left, or that is torn, counts for nothing", async (t) => {
  const data = folder(t);
  for (const left of ['{"pid":2147480000,"since":1,"socket":null}', '{"pid":', ""]) {
    writeFileSync(join(data, "owner.json"), left);
    assert.equal(ownerOf(data), undefined);
    const mine = await own(data, { socket: null });
    assert.ok(!isOwned(mine));
    await mine[Symbol.asyncDispose]();
  }
});

test("of ten processes that start at once, exactly one owns the directory", async (t) => {
  const data = join(folder(t), "data");
  const code = `import { own } from ${JSON.stringify(ownership)};
    const got = await own(${JSON.stringify(data)}, { socket: null });
    console.log("owner" in got ? "theirs " + got.owner.pid : "mine " + process.pid); process.stdin.resume();`;
  const children = Array.from({ length: 10 }, () =>
    spawn(process.execPath, ["--input-type=module-typescript", "-e", code], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  t.after(() => children.forEach((child) => child.kill("SIGKILL")));
  const lines = await Promise.all(children.map(async (child) => String((await once(child.stdout, "data"))[0]).trim()));
  const mine = lines.filter((line) => line.startsWith("mine"));
  assert.equal(mine.length, 1, lines.join("\n"));
  const pid = mine[0]!.split(" ")[1];
  assert.ok(lines.every((line) => line.endsWith(` ${pid}`)));
});

test("an owner says what it does and whether it stays, and later that others may come, or no more", async (t) => {
  const data = join(folder(t), "data");
  const mine = (await own(data, { socket: null, command: "run SOP-02" })) as Ownership;
  assert.deepEqual([ownerOf(data)?.command, ownerOf(data)?.daemon, ownerOf(data)?.socket], ["run SOP-02", false, null]);
  mine.announce("/run/there");
  assert.deepEqual([ownerOf(data)?.command, ownerOf(data)?.daemon], ["run SOP-02", false]);
  assert.equal(ownerOf(data)?.socket, "/run/there");
  assert.equal(statSync(join(data, "owner.json")).mode & 0o777, 0o600);
  mine.announce(null);
  assert.equal(ownerOf(data)?.socket, null);
  // As an older version wrote it: only daemons had a socket.
  const { pid, since } = mine.mine;
  for (const socket of [null, "/run/there"]) {
    writeFileSync(join(data, "owner.json"), JSON.stringify({ pid, since, socket }));
    assert.deepEqual([ownerOf(data)?.daemon, ownerOf(data)?.command], [socket !== null, ""]);
  }
  await mine[Symbol.asyncDispose]();
  assert.equal(ownerOf(data), undefined);
});
