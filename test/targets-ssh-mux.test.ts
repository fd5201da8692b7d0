// A command through the process that holds a shared SSH connection, against one that is played: what a real one never says, or seldom.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import * as fc from "fast-check";
import { muxChannel } from "../src/kinds/targets/ssh/mux-channel.ts";
import { channelMessage, Fields, Frames, MUX, muxMessage, SSH } from "../src/kinds/targets/ssh/mux-frames.ts";
import { folder } from "./kit/folder.ts";

const OURS = 0;
const THEIRS = 7;

/** What came on a channel: its type and, for data, the bytes. */
interface Heard {
  readonly type: number;
  readonly fields: Fields;
}

/** A connection whose other end answers each message of a channel by `answer`. */
async function playing(t: TestContext, answer: (heard: Heard, socket: Socket) => void) {
  const path = join(folder(t), "s");
  const server = createServer((socket) => {
    let seen = 0;
    const frames = new Frames((body) => {
      seen += 1;
      if (seen === 1) socket.write(muxMessage(MUX.hello, 4));
      else if (seen === 2) socket.write(muxMessage(MUX.proxied, 0));
      else answer({ type: body.readUInt8(1), fields: new Fields(body, 2) }, socket);
    });
    socket.on("data", (chunk: Buffer) => frames.push(chunk));
    socket.on("error", () => undefined);
  }).listen(path);
  t.after(() => server.close());
  await once(server, "listening");
  const heard = { out: "", err: "" };
  const channel = muxChannel(path, "true", {
    out: (chunk) => (heard.out += chunk.toString("latin1")),
    err: (chunk) => (heard.err += chunk.toString("latin1")),
  });
  t.after(() => channel.destroy());
  return { channel, heard };
}

const opened = (window: number, piece = 32_768): Buffer => channelMessage(SSH.opened, OURS, THEIRS, window, piece);
const status = (code: number): Buffer => channelMessage(SSH.request, OURS, "exit-status", false, code);
const CLOSE = channelMessage(SSH.close, OURS);

test("ssh mux: both outputs and the status come, whatever else the host says", async (t) => {
  const { channel, heard } = await playing(t, ({ type }, socket) => {
    if (type === SSH.open) socket.write(opened(1_000));
    if (type !== SSH.request) return;
    socket.write(channelMessage(SSH.success, OURS));
    socket.write(channelMessage(SSH.data, OURS, "out\n"));
    socket.write(channelMessage(SSH.request, OURS, "keepalive@openssh.com", false));
    socket.write(channelMessage(SSH.extended, OURS, 1, "err\n"));
    socket.write(Buffer.concat([status(7), channelMessage(SSH.eof, OURS), CLOSE]));
  });
  assert.deepEqual(await channel.closed, { code: 7, detail: "", refused: false });
  assert.deepEqual(heard, { out: "out\n", err: "err\n" });
});

test("ssh mux: input goes as far as the host takes it, then its end, once", async (t) => {
  const got: string[] = [];
  const { channel } = await playing(t, ({ type, fields }, socket) => {
    if (type === SSH.open) socket.write(opened(4, 3));
    if (type === SSH.data) {
      assert.equal(fields.number(), THEIRS);
      got.push(fields.text());
      if (got.length === 2) socket.write(channelMessage(SSH.adjust, OURS, 100));
    }
    if (type === SSH.eof) got.push("end");
    if (type === SSH.eof) socket.write(Buffer.concat([status(0), CLOSE]));
  });
  channel.write("abcdefgh");
  channel.endInput();
  channel.endInput();
  assert.equal((await channel.closed).code, 0);
  assert.deepEqual(got, ["abc", "d", "efg", "h", "end"]);
});

test("ssh mux: more than the window is taken only because room is given again", async (t) => {
  let room = 0;
  const { channel, heard } = await playing(t, ({ type, fields }, socket) => {
    if (type === SSH.open) {
      fields.text();
      fields.number();
      room = fields.number();
      socket.write(opened(1));
    }
    if (type === SSH.adjust) {
      fields.number();
      room += fields.number();
    }
    // Two and a half windows in all: what was never allowed would never be said.
    while (type !== SSH.open && room >= 32_768 && sent < 160) {
      socket.write(channelMessage(SSH.data, OURS, "x".repeat(32_768)));
      [room, sent] = [room - 32_768, sent + 1];
    }
    if (sent === 160 && type === SSH.adjust) socket.write(Buffer.concat([status(0), CLOSE]));
  });
  let sent = 0;
  assert.equal((await channel.closed).code, 0);
  assert.equal(heard.out.length, 160 * 32_768);
});

const NEVER: readonly (readonly [string, (heard: Heard, socket: Socket) => void, RegExp])[] = [
  [
    "the host opens no channel",
    (_, socket) => socket.write(channelMessage(SSH.openFailed, OURS, 1, "open failed", "")),
    /^open failed$/,
  ],
  [
    "the host runs no commands",
    ({ type }, socket) => socket.write(type === SSH.open ? opened(1) : channelMessage(SSH.failure, OURS)),
    /runs no commands/,
  ],
  ["the connection ends before", (_, socket) => socket.end(), /was closed/],
  ["what comes is no message", (_, socket) => socket.write(Buffer.from("SSH-2.0-x\r\n")), /is no message/],
  ["a message ends too early", (_, socket) => socket.write(channelMessage(SSH.opened, OURS)), /is no message/],
];
for (const [title, answer, says] of NEVER)
  test(`ssh mux: nothing began where ${title}`, async (t) => {
    const { channel } = await playing(t, answer);
    const { refused, detail, code } = await channel.closed;
    assert.deepEqual([refused, code], [true, undefined]);
    assert.match(detail, says);
  });

test("ssh mux: a connection that breaks after the command was asked for, or that is let go of, proves nothing", async (t) => {
  const cut = await playing(t, ({ type }, socket) => {
    if (type === SSH.open) socket.write(opened(1));
    else socket.destroy();
  });
  assert.deepEqual(await cut.channel.closed, { detail: "the shared connection was closed", refused: false });
  const left = await playing(t, ({ type }, socket) => {
    if (type === SSH.open) socket.write(opened(1));
    else left.channel.destroy();
  });
  const { refused, code } = await left.channel.closed;
  assert.deepEqual([refused, code], [false, undefined]);
});

test("ssh mux: no socket, and one of a process that passes nothing on, are told as refused", async (t) => {
  const path = join(folder(t), "s");
  const silent = { out: () => undefined, err: () => undefined };
  const { refused, detail } = await muxChannel(path, "true", silent).closed;
  assert.deepEqual([refused, /ENOENT/.test(detail)], [true, true]);
  const server = createServer((socket) =>
    socket.write(Buffer.concat([muxMessage(MUX.hello, 4), muxMessage(0x80000003, 0)])),
  );
  t.after(() => server.close());
  await once(server.listen(path), "listening");
  assert.deepEqual(await muxChannel(path, "true", silent).closed, {
    detail: "the shared connection takes no commands",
    refused: true,
  });
});

test("ssh mux: messages are told apart however they are cut", () => {
  const bodies = [Buffer.from("a"), Buffer.alloc(0), Buffer.alloc(70_000, "b"), Buffer.from("cc")];
  const all = Buffer.concat(
    bodies.map((body) => {
      const head = Buffer.alloc(4);
      head.writeUInt32BE(body.length);
      return Buffer.concat([head, body]);
    }),
  );
  const property = fc.property(fc.array(fc.nat(all.length), { maxLength: 12 }), (cuts) => {
    const found: Buffer[] = [];
    const frames = new Frames((body) => found.push(Buffer.from(body)));
    const at = [0, ...cuts.toSorted((a, b) => a - b), all.length];
    for (let index = 1; index < at.length; index += 1) frames.push(all.subarray(at[index - 1], at[index]));
    assert.deepEqual(found, bodies);
  });
  fc.assert(property, { numRuns: 50 });
});
