import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "./node/failure.ts";
import { FAULTS, type FaultName } from "./fault/index.ts";
import { NODES, placeAt, type NodeName } from "./stack/place.ts";
import { startNode, stopNode } from "./stack/nodes.ts";
import type { Ports } from "./stack/prepare.ts";
import { down, status, up } from "./stack/stack.ts";

const USAGE = `node src/stack.ts up [--from PORT] --dir DIR         starts the three nodes and waits until they know each other; prints JSON
node src/stack.ts down|status --dir DIR              ends or shows them
node src/stack.ts start|stop|restart --dir DIR NODE   one node
node src/stack.ts fault --dir DIR FAULT NODE [VALUE]  breaks something
node src/stack.ts undo --dir DIR FAULT NODE           mends it
nodes: ${NODES.join(", ")}
faults:
${Object.entries(FAULTS)
  .map(
    ([name, fault]) =>
      `  ${`${name}${fault.value === undefined ? "" : ` ${fault.value.name}`}`.padEnd(22)} ${fault.does}`,
  )
  .join("\n")}`;

/** Message ports from the one given, health ports ten above; without it the usual ones. */
function portsOf(from: string | undefined): Ports | undefined {
  if (from === undefined) return undefined;
  const listen = Number(from);
  if (!Number.isInteger(listen) || listen < 1024 || listen > 60_000)
    throw new Failure(`${from} is not a port.`, "Give a number from 1024 to 60000.");
  return { listen, health: listen + 10 };
}

function nodeOf(word: string | undefined): NodeName {
  const node = NODES.find((name) => name === word);
  if (node === undefined) throw new Failure(`There is no node ${word ?? ""}.`, USAGE);
  return node;
}

function pick(words: readonly string[]): {
  readonly fault: FaultName;
  readonly node: NodeName;
  readonly value: number;
} {
  const [fault, node, written] = words;
  if (fault === undefined || !(fault in FAULTS)) throw new Failure(`There is no fault ${fault ?? ""}.`, USAGE);
  const value = Number(written ?? FAULTS[fault as FaultName].value?.usual ?? 0);
  if (!Number.isFinite(value) || value < 0) throw new Failure(`${written} is not a number.`, USAGE);
  return { fault: fault as FaultName, node: nodeOf(node), value };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { dir: { type: "string" }, from: { type: "string" }, help: { type: "boolean" } },
  });
  const [verb, ...words] = positionals;
  const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  if (values.help || verb === undefined) return void process.stdout.write(`${USAGE}\n`);
  if (values.dir === undefined) throw new Failure("Which work directory?", "Give --dir DIR.");
  const place = placeAt(resolve(values.dir));
  if (verb === "up") return print({ nodes: await up(place, say, portsOf(values.from)) });
  if (verb === "down") return print({ nodes: (await down(place), []) });
  if (verb === "status") return print({ nodes: await status(place) });
  if (verb === "start" || verb === "stop" || verb === "restart") {
    const home = place.home(nodeOf(words[0]));
    if (verb !== "start") await stopNode(home);
    if (verb !== "stop") await startNode(home, true);
    return print({ nodes: await status(place) });
  }
  if (verb !== "fault" && verb !== "undo") throw new Failure(`There is no command ${verb}.`, USAGE);
  const { fault, node, value } = pick(words);
  if (verb === "fault") await FAULTS[fault].apply(place, node, value);
  else await FAULTS[fault].undo(place, node);
  return print({ [verb]: fault, node });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`stack: ${error.message}\n  ${error.fix}\n`);
  process.exitCode = error.exit;
}
