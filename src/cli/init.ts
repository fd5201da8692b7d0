import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { dateIn } from "../book/lint/today.ts";
import { format } from "../i18n/format.ts";
import { program } from "../i18n/program.ts";
import { texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { near } from "./demo/tell.ts";
import { written } from "./disk.ts";
import { adopt } from "./init/adopt.ts";
import { askAll, templateOf, type Wanted } from "./init/ask.ts";
import { templateFiles, writeFiles } from "./init/template.ts";
import type { Call, Verb } from "./verb.ts";

const YAML = "watchbook.yaml";

/** Makes a book in an empty folder, or makes a book of the manuals a folder holds. Nothing is ever overwritten. */
export const init: Verb = {
  name: "init",
  words: 1,
  options: { template: { type: "string" }, yes: { type: "boolean", short: "y" } },
  run: async (call) => {
    const [name] = call.positionals;
    if (name === undefined || name === "") throw new WatchbookError("INIT-WHERE");
    const dir = resolve(call.world.cwd, name);
    const names = await written(dir, () => namesIn(dir));
    if (names.includes(YAML)) throw new WatchbookError("INIT-EXISTS", { dir });
    const others = names.filter((entry) => !entry.startsWith("."));
    const template = templateOf(call.values["template"]);
    if (others.length === 0) return scaffold(call, dir, await wanted(call, dir));
    if (template !== undefined) throw new WatchbookError("INIT-NOT-EMPTY", { dir, names: others.slice(0, 5) });
    return takeOver(call, dir);
  },
};

/** Names in a folder; none when it is not there yet. Throws INIT-FILE for something that is no folder. */
async function namesIn(dir: string): Promise<readonly string[]> {
  const found = await stat(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined) return [];
  if (!found.isDirectory()) throw new WatchbookError("INIT-FILE", { path: dir });
  return readdir(dir);
}

const ownZone = (): string => new Intl.DateTimeFormat("en").resolvedOptions().timeZone;

/** Answers from the terminal, or the usual ones where nobody can be asked. */
async function wanted(call: Call, dir: string): Promise<Wanted> {
  const { world, lang, values } = call;
  const template = templateOf(values["template"]);
  const { usual } = texts(lang).demo.init;
  const service = basename(dir)
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .slice(0, 64);
  const answers: Wanted = {
    template: template ?? "plain",
    title: format(usual.title, { service: service || "service" }),
    service: service || "service",
    owner: usual.owner,
    zone: ownZone(),
  };
  if (values["yes"] === true) return answers;
  if (world.stdin.isTTY && world.stderr.isTTY) return askAll(world, lang, answers, template);
  if (template === undefined) throw new WatchbookError("INIT-ASK", { dir });
  return answers;
}

async function scaffold(call: Call, dir: string, { template, ...answers }: Wanted): Promise<Exit> {
  const { world, lang } = call;
  const date = dateIn(world.clock.wall(), answers.zone);
  const files = await templateFiles(world.home, template, lang, { ...answers, date });
  const names = await written(dir, () => writeFiles(dir, files));
  tell(call, dir, { dir, template, written: names }, names);
  return EXIT.ok;
}

async function takeOver(call: Call, dir: string): Promise<Exit> {
  const { yaml, found, title } = await adopt(call, dir, ownZone());
  if (found.documents === 0) throw new WatchbookError("INIT-NO-MANUAL", { dir });
  const names = await written(dir, () => writeFiles(dir, new Map([[YAML, yaml]])));
  tell(call, dir, { dir, written: names, found }, names);
  if (call.json) return EXIT.ok;
  const { said } = texts(call.lang).demo.init;
  const duties = found.duties.length === 0 ? said.none : found.duties.join(", ");
  call.world.stdout.write(`${format(said.found, { ...found, title, duties })}\n`);
  if (found.findings > 0) {
    const command = `${program()} lint ${near(call.world, dir)}`;
    call.world.stdout.write(`${format(said.findings, { count: found.findings, command })}\n`);
  }
  return EXIT.ok;
}

/** What was written and what to do next. */
function tell(call: Call, dir: string, document: object, written: readonly string[]): void {
  const { world, lang } = call;
  if (call.json) return void world.stdout.write(`${JSON.stringify(document)}\n`);
  const { said } = texts(lang).demo.init;
  const book = near(world, dir);
  const next = { files: written.map((file) => join(book, file)), command: `${program()} inspect --book ${book}` };
  world.stdout.write(`${format(said.written, next)}\n${format(said.next, next)}\n`);
}
