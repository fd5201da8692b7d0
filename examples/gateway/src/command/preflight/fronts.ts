import { connect } from "node:net";
import { onLines } from "../../lines.ts";
import type { Hello } from "../../node/front-link.ts";
import type { Config } from "../../site/config.ts";
import { look, type Look } from "./look.ts";

const PATIENCE_MS = 2_000;

/** What a front says when it is called; a text why it does not. */
const hello = (port: number): Promise<Hello | string> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (answer: Hello | string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE_MS, () => end("silent"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.once("close", () => end("closed"));
    onLines(socket, ({ api = "none", now = 0 }) => end({ api, now }));
  });

/** Every address of the exchange: whether it answers, with the right version, and a clock like ours. */
export async function looksAtFronts({ front, fronts = [], maxSkewMs }: Config): Promise<readonly Look[]> {
  const addresses = [{ name: "orders", port: front.port }, ...fronts];
  const answers = await Promise.all(
    addresses.map(async (one) => ({ ...one, said: await hello(one.port), at: Date.now() })),
  );
  const silent = answers.flatMap(({ name, port, said }) =>
    typeof said === "string" ? [`${name} 127.0.0.1:${port} ${said}`] : [],
  );
  const heard = answers.flatMap(({ name, said, at }) => (typeof said === "string" ? [] : [{ name, said, at }]));
  const old = heard.filter(({ said }) => said.api !== front.api).map(({ name, said }) => `${name} ${said.api}`);
  const skewed = heard
    .map(({ name, said, at }) => ({ name, ms: said.now - at }))
    .filter(({ ms }) => Math.abs(ms) > maxSkewMs);
  return [
    look("front", silent.join(", ")),
    // Who says nothing says no version either: that is said once.
    look("api", old.length === 0 ? "" : `${old.join(", ")}; expected ${front.api}`),
    look("clock", skewed.map(({ name, ms }) => `${name} ${ms} ms`).join(", ")),
  ];
}
