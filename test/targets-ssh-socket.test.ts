import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { registry } from "../src/kinds/registry.ts";
import { unhurriedSocket } from "../src/kinds/targets/ssh/socket.ts";
import { freePort } from "./kit/port.ts";
import { folder } from "./suites/check-context.ts";

const LINES = 400;
const FLOOD = 4 * 1_048_576;

test(
  "ssh socket: however late it is read, every byte comes in order, and then the end",
  { timeout: 60_000 },
  async (t) => {
    const server = createServer().listen(0, "127.0.0.1");
    t.after(() => server.close());
    await once(server, "listening");
    const { socket, hurry } = unhurriedSocket("127.0.0.1", (server.address() as AddressInfo).port);
    t.after(() => socket.destroy());
    const [peer] = (await once(server, "connection")) as [Socket];
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    const closed = once(socket, "close");
    hurry();
    // Each when the one before has left, so that they are single segments.
    for (let line = 0; line < LINES; line += 1) await new Promise((resolve) => peer.write(`line ${line}\n`, resolve));
    peer.write(Buffer.alloc(FLOOD, "x"));
    peer.end("last\n");
    await closed;
    const got = Buffer.concat(chunks).toString("latin1");
    const lines = Array.from({ length: LINES }, (_, line) => `line ${line}\n`).join("");
    assert.equal(got.length, lines.length + FLOOD + 5);
    assert.ok(got.startsWith(lines) && got.endsWith("xlast\n"));
  },
);

test("ssh socket: a host that refuses is an error of the socket", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  const [error] = (await once(unhurriedSocket("127.0.0.1", port).socket, "error").catch((found: unknown) => [
    found,
  ])) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNREFUSED");
});

for (const [what, others, said] of [
  ["no other", "", { code: "SSH2-REFUSED", args: { target: "web", feature: "host key sk-ssh-ed25519@openssh.com" } }],
  ["one that it has", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==", { name: "ReachError", reason: "unreachable" }],
] as const)
  test(`ssh2: a type of host key that the library does not have, and ${what}: told, and nothing is left behind`, async (t) => {
    const port = await freePort();
    const root = folder(t);
    const lines = ["sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t", others];
    const named = lines.filter((line) => line !== "").map((line) => `[127.0.0.1]:${port} ${line}\n`);
    writeFileSync(join(root, "known_hosts"), named.join(""));
    const kind = registry.targets.get("ssh")!;
    const given = { host: "127.0.0.1", port, user: "nobody", driver: "ssh2", config: "none" };
    const params = kind.params.safeParse(given);
    assert.ok(params.success);
    await using reach = await kind.open("web", params.data, root);
    // A socket that nobody hears ends the whole process with its error: the test would fail of it.
    await assert.rejects(reach.exec(["true"]), said);
  });
