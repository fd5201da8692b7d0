// node relay.ts FROM_HOST:PORT=TO_HOST:PORT[=MS] …: hands TCP connections on. What cannot be handed on is closed; with MS it
// is tried again for so long. Says "ready" when it listens everywhere.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

interface Address {
  readonly host: string;
  readonly port: number;
}

const addressOf = (text = ""): Address => {
  const at = text.lastIndexOf(":");
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) };
};

/** A connection there, tried for `patienceMs`; undefined when there is none. */
async function reach(to: Address, patienceMs: number): Promise<Socket | undefined> {
  for (let waited = 0; ; waited += 50) {
    const socket = connect({ ...to, allowHalfOpen: true });
    const opened = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    if (opened) return socket;
    socket.destroy();
    if (waited >= patienceMs) return undefined;
    await sleep(50);
  }
}

async function handOn(from: Socket, to: Address, patienceMs: number): Promise<void> {
  from.on("error", () => from.destroy());
  const there = await reach(to, patienceMs);
  if (!there || from.destroyed) {
    there?.destroy();
    from.destroy();
    return;
  }
  there.on("error", () => there.destroy());
  from.once("close", () => there.destroy());
  there.once("close", () => from.destroy());
  from.pipe(there);
  there.pipe(from);
}

async function relay(words: readonly string[]): Promise<void> {
  for (const word of words) {
    const [from, to, patience = "0"] = word.split("=");
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      void handOn(socket, addressOf(to), Number(patience));
    });
    server.listen(addressOf(from));
    await once(server, "listening");
  }
  process.stdout.write("ready\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await relay(process.argv.slice(2));
