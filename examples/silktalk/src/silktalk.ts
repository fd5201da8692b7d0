import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { expected } from "./command/expected.ts";
import { ask } from "./command/ask.ts";
import { configure } from "./command/config.ts";
import { verify } from "./command/verify.ts";
import { Failure, optionMistake } from "./node/failure.ts";
import type { Health } from "./node/health.ts";
import { homeAt } from "./node/home.ts";
import { VERSION } from "./node/version.ts";
import type { PeerLine } from "./node/peers.ts";

const USAGE = `silktalk --home DIR status [--json]      exit 0 healthy, 3 degraded or unhealthy, 4 stopped or silent
silktalk --home DIR status --expect VERSION [--within SECONDS]
                                        exit 0 healthy and of this version, tried until then
silktalk --home DIR peers [--json]
silktalk --home DIR verify              of a node that does not run: exit 0 all of it is there and its own, 3 not
silktalk --home DIR connect ADDRESS [--replace]
silktalk --home DIR config list | get KEY | set KEY VALUE | init [--force]
silktalk --version`;

const table = (health: Health): string =>
  Object.entries(health)
    .map(([name, value]) => `${name.padEnd(16)} ${Array.isArray(value) ? value.join(", ") : String(value)}`)
    .join("\n");

const line = (peer: PeerLine): string =>
  `${peer.peer} ${peer.connections} ${peer.latencyMs === null ? "-" : `${peer.latencyMs} ms`} ${peer.addresses.join(" ")}`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      home: { type: "string" },
      expect: { type: "string" },
      within: { type: "string" },
      json: { type: "boolean" },
      force: { type: "boolean" },
      replace: { type: "boolean" },
      version: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const [verb, ...words] = positionals;
  if (values.version) return (print(VERSION), 0);
  if (values.help || verb === undefined) return (print(USAGE), values.help ? 0 : 2);
  const home = homeAt(resolve(values.home ?? process.env["SILKTALK_HOME"] ?? "."));
  if (verb === "config") return (print(await configure(home, words, values.force ?? false)), 0);
  if (verb === "status") {
    const health = await expected(home, values.expect, Number(values.within ?? 0));
    print(values.json ? JSON.stringify(health) : table(health));
    return health.status === "healthy" ? 0 : 3;
  }
  if (verb === "verify") return (print(JSON.stringify(await verify(home))), 0);
  if (verb === "peers") {
    const peers = (await ask(home, { do: "peers" })) as readonly PeerLine[];
    print(values.json ? JSON.stringify(peers) : peers.map(line).join("\n"));
    return 0;
  }
  if (verb === "connect" && words[0] !== undefined) {
    print(JSON.stringify(await ask(home, { do: "connect", address: words[0], replace: values.replace ?? false })));
    return 0;
  }
  throw new Failure(`There is no command ${positionals.join(" ")}.`, USAGE);
}

try {
  process.exitCode = await main();
} catch (caught) {
  const option = optionMistake(caught);
  const error = option === undefined ? caught : new Failure(option, USAGE);
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`silktalk: ${error.message}\n  ${error.fix}\n`);
  process.exitCode = error.exit;
}
