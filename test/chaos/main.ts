// `./wb test --only chaos --kills N [--seed S]`: prints what was counted on the targets; exits 3 when a number is not 0.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { campaign, type Result } from "./campaign.ts";
import { daemons } from "./daemon.ts";
import { engines } from "./process.ts";
import { sshd } from "../kit/sshd.ts";
import { which } from "../live/needs.ts";
import { localPlace, sshPlace, type Place } from "./place.ts";

const { values } = parseArgs({ options: { kills: { type: "string", default: "200" }, seed: { type: "string" } } });
const kills = Number(values.kills);
const seed = Number(values.seed ?? process.pid);
const say = (line: string): void => void process.stderr.write(`chaos: ${line}\n`);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  say("--kills wants a whole number from 1, --seed a whole number");
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const root = mkdtempSync(join(tmpdir(), "watchbook-chaos-"));
/** The fast driver's library is an optional dependency. */
const hasLibrary = await import(["ssh2"].join()).then(
  () => true,
  () => false,
);
const over: (() => unknown)[] = [];
const places: Place[] = ["local", "b"].map((name) => localPlace(root, name));
if (["sshd", "ssh", "ssh-keygen"].every(which)) {
  const server = await sshd({ after: (work) => void over.push(work) });
  process.once("exit", () => over.length > 0 && process.kill(server.pid));
  places.push(sshPlace(root, "c", server, "openssh"));
  if (hasLibrary) places.push(sshPlace(root, "d", server, "ssh2"));
} else say("no sshd here, so only this machine is a target: apt-get install openssh-server openssh-client");
say(`seed ${seed}, targets ${places.map(({ name, kind }) => `${name} (${kind})`).join(", ")}`);
// Most of them the real daemon; the rest the engine alone, which can be given a kind of step without receipts.
const bare = Math.floor(kills / 4);
const [data, engine] = [join(root, "daemon"), join(root, "engine")];
const shared = { seed, places, log: say };
const all = [await campaign({ ...shared, kills: kills - bare, start: daemons(data) })];
if (bare > 0) all.push(await campaign({ ...shared, kills: bare, start: engines(engine), bare: true }));
for (const line of all.flatMap(({ problems, wrongs }) => [...problems, ...wrongs]).slice(0, 40)) say(line);
const sum = (of: (result: Result) => number): number => all.reduce((total, result) => total + of(result), 0);
say(`${sum(({ runs }) => runs)} runs, ${sum(({ questions }) => questions)} decisions asked for`);
for (const work of over.splice(0)) await work();
const [repeated, lost, undecided] = [sum((of) => of.repeated), sum((of) => of.lost), sum((of) => of.undecided)];
process.stdout.write(`kills ${kills}, repeated ${repeated}, lost ${lost}, undecided repeats ${undecided}\n`);
const clean = repeated + lost + undecided + sum(({ problems }) => problems.length) === 0;
if (clean) rmSync(root, { recursive: true, force: true });
else say(`everything lies in ${root}`);
process.exit(clean ? 0 : 3);
