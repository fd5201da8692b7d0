import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure, optionMistake } from "./node/failure.ts";
import type { Fault } from "./fault/fault.ts";
import { FAULTS, type FaultName } from "./fault/index.ts";
import { NODES, placeAt, type NodeName, type Place } from "./stack/place.ts";
import { installProgram } from "./stack/install.ts";
import { startNode, stopNode } from "./stack/nodes.ts";
import type { Ports } from "./stack/prepare.ts";
import { down, status, up } from "./stack/stack.ts";
import { usageOf } from "./stack/usage.ts";
import { failure, isLang, langOf, speak, words } from "./words/index.ts";

const VERBS = ["up", "down", "status", "start", "stop", "restart", "install", "fault", "undo"] as const;
type VerbName = (typeof VERBS)[number];

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Message ports from the one given, health ports ten above; without it the usual ones. */
function portsOf(from: string | undefined): Ports | undefined {
  if (from === undefined) return undefined;
  const listen = Number(from);
  if (!Number.isInteger(listen) || listen < 1024 || listen > 60_000) throw failure(words().failures.port(from));
  return { listen, health: listen + 10 };
}

function nodeOf(word: string | undefined): NodeName {
  const node = NODES.find((name) => name === word);
  if (node === undefined) throw failure(words().failures.node(word ?? "", NODES.join(", ")));
  return node;
}

function pick([name, node, written]: readonly string[]) {
  const { failures } = words();
  if (name === undefined || !Object.hasOwn(FAULTS, name))
    throw failure(failures.fault(name ?? "", Object.keys(FAULTS).join(", ")));
  const fault = name as FaultName;
  const picked = { fault, node: nodeOf(node) };
  const { value }: Fault = FAULTS[fault];
  if (value === undefined) return { ...picked, value: 0 };
  const number = Number(written ?? value.usual);
  if (!Number.isInteger(number) || number < value.least || number > value.most)
    throw failure(failures.value(written ?? "", fault, value.least, value.most));
  return { ...picked, value: number };
}

/** Breaks or mends, and says so: what is done before it is done, because it may take a while, and what holds then. */
async function change(verb: "fault" | "undo", place: Place, given: readonly string[]): Promise<void> {
  const { fault, node, value } = pick(given);
  const said = words().fault[fault];
  if (verb === "fault") {
    say(said.doing(node, value));
    await FAULTS[fault].apply(place, node, value);
    say(said.done(node, value));
    if (fault === "log-errors") return;
    return say(words().undoWith(`${resolve(place.bin, "silktalk-undo")} ${fault} ${node}`));
  }
  say(said.undoing(node));
  await FAULTS[fault].undo(place, node);
  return say(said.undone(node));
}

async function obey(verb: VerbName, place: Place, given: readonly string[], from: string | undefined): Promise<void> {
  if (verb === "up") return print({ nodes: await up(place, say, portsOf(from)) });
  if (verb === "down") return print({ nodes: (await down(place), []) });
  if (verb === "status") return print({ nodes: await status(place) });
  if (verb === "fault" || verb === "undo") return change(verb, place, given);
  const home = place.home(nodeOf(given[0]));
  if (verb === "install") return print({ installed: (installProgram(home, given[1]), given[1]) });
  if (verb !== "start") await stopNode(home);
  if (verb !== "stop") await startNode(home, true);
  return print({ nodes: await status(place) });
}

/** The language is chosen before the options are judged, so that what is wrong with them is said in it. */
function chooseLanguage(argv: readonly string[]): void {
  const asked = argv[argv.lastIndexOf("--lang") + 1];
  const wanted = argv.includes("--lang") && asked !== undefined ? asked : langOf(process.env);
  if (!isLang(wanted)) throw failure(words().failures.lang(wanted));
  speak(wanted);
}

async function main(): Promise<void> {
  chooseLanguage(process.argv.slice(2));
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: "string" },
      from: { type: "string" },
      lang: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [word, ...given] = positionals;
  const bare = word === undefined || ((word === "fault" || word === "undo") && given.length === 0);
  if (values.help || bare) {
    process[values.help ? "stdout" : "stderr"].write(`${usageOf(word)}\n`);
    return void (process.exitCode = values.help ? 0 : 2);
  }
  const verb = VERBS.find((name) => name === word);
  if (verb === undefined) throw failure(words().failures.verb(word));
  if (values.dir === undefined) throw failure(words().failures.dir);
  await obey(verb, placeAt(resolve(values.dir)), given, values.from);
}

try {
  await main();
} catch (caught) {
  const option = optionMistake(caught);
  const error = option === undefined ? caught : failure(words().failures.option(option));
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n  ${error.fix}\n`);
  process.exitCode = error.exit;
}
