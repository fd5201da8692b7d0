import { join, resolve } from "node:path";
import type { Book, LintContext } from "../model/book.ts";
import type { BookConfig } from "../model/config.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Finding, Level } from "../model/finding.ts";
import type { Lang } from "../model/lang.ts";
import { compileFiles } from "../book/compile/compile.ts";
import { lintBook } from "../book/lint/lint.ts";
import { dateHere, dateIn } from "../book/lint/today.ts";
import { namedFiles } from "../book/read/named.ts";
import { written } from "./disk.ts";
import { kept } from "./kept.ts";
import { proofDates } from "./proofs.ts";
import type { Call, Verb } from "./verb.ts";

const FORMATS = ["text", "json", "sarif", "github"] as const;

/** Compiles files, folders or the book and says what is wrong or unproven. */
export const lint: Verb = {
  name: "lint",
  words: "any",
  options: {
    format: { type: "string" },
    strict: { type: "boolean" },
    notes: { type: "boolean" },
    output: { type: "string", short: "o" },
  },
  run: async (call) => {
    const format = formatOf(call);
    const paths =
      call.positionals.length > 0 ? call.positionals.map((path) => resolve(call.world.cwd, path)) : [call.book];
    const files = await kept(await namedFiles(paths));
    // Of the zone lint needs the date only: without one in watchbook.yaml its name is not asked for.
    const { book, texts } = await compileFiles(files, { zone: "UTC" });
    if (book.documents.length === 0 && book.findings.length === 0)
      throw new WatchbookError("LINT-NOTHING", { path: paths.join(", ") });
    const wall = call.world.clock.wall();
    const today = book.config.zone === undefined ? dateHere(wall) : dateIn(wall, book.config.zone);
    const kinds = await kindsFor(book);
    const proofs = await proofsHere(call, files.root, book.config, wall);
    const notifiers = await notifiersFor(book);
    const done = await doneFor(book);
    const context = { today, texts, proofs, ...(kinds && { kinds }), ...(notifiers && { notifiers }), ...done };
    const findings = await lintBook(book, context);
    const lang = call.values["lang"] === undefined ? book.lang : call.lang;
    await write(call, await render(call, format, book, findings, lang));
    return exitOf(book, findings, call.values["strict"] === true);
  },
};

/** Proofs of the book that is linted: of its own data directory, unless --data names another. */
function proofsHere(call: Call, root: string, config: BookConfig, now: number): ReturnType<typeof proofDates> {
  const data = root === call.book || call.values["data"] !== undefined ? call.data : join(root, ".watchbook");
  return proofDates({ config, root, data, now, ...(config.zone !== undefined && { zone: config.zone }) });
}

/** Parameters of the check kinds, and no other kinds: loaded only for a book that declares checks. */
async function kindsFor(book: Book): Promise<LintContext["kinds"]> {
  if (book.config.checks.length === 0) return undefined;
  const { checks } = await import("../kinds/checks/index.ts");
  return new Map(checks.map(({ kind, params }) => [kind, params]));
}

/** Parameters of what a runbook of watchbook.yaml does: loaded only for a book that has one. */
async function doneFor(book: Book): Promise<Pick<LintContext, "steps" | "faults">> {
  if (book.config.runbooks.length === 0) return {};
  const [{ steps }, { faults }] = await Promise.all([
    import("../kinds/steps/index.ts"),
    import("../kinds/faults/index.ts"),
  ]);
  return {
    steps: new Map(steps.map(({ kind, params }) => [kind, params])),
    faults: new Map(faults.map(({ kind, params }) => [kind, params])),
  };
}

/** The same of the notifier kinds, for a book that declares channels. */
async function notifiersFor(book: Book): Promise<LintContext["notifiers"]> {
  if (book.config.channels.length === 0) return undefined;
  const { notifiers } = await import("../kinds/notifiers/index.ts");
  return new Map(notifiers.map(({ kind, params }) => [kind, params]));
}

function formatOf({ values, json }: Call): (typeof FORMATS)[number] {
  const given = values["format"];
  if (given === undefined) return json ? "json" : "text";
  const format = FORMATS.find((name) => name === given);
  if (format === undefined) throw new WatchbookError("LINT-FORMAT", { format: String(given), known: FORMATS });
  return format;
}

async function render(
  call: Call,
  format: (typeof FORMATS)[number],
  book: Book,
  findings: readonly Finding[],
  lang: Lang,
): Promise<string> {
  if (format === "json") {
    const { lintJson } = await import("../report/lint/json.ts");
    const { user, system } = process.cpuUsage();
    return `${JSON.stringify(lintJson(book, findings, lang, Math.round((user + system) / 1000)), null, 2)}\n`;
  }
  if (format === "sarif") {
    const { lintSarif } = await import("../report/lint/sarif.ts");
    return `${JSON.stringify(lintSarif(findings, lang, call.world.version), null, 2)}\n`;
  }
  if (format === "github") return (await import("../report/lint/github.ts")).lintGithub(findings, lang);
  const { lintText } = await import("../report/lint/text.ts");
  return lintText(book, findings, lang, { notes: call.values["notes"] === true, paint: painter(call) });
}

const COLOUR: Readonly<Record<Level | "dim", string>> = { error: "31", warn: "33", note: "36", dim: "2" };

/** Colour on a terminal only, and never when NO_COLOR asks for none. */
const painter = ({ world, values }: Call): ((level: Level | "dim", text: string) => string) =>
  world.stdout.isTTY && !world.env["NO_COLOR"] && values["output"] === undefined
    ? (level, text) => `\u001B[${COLOUR[level]}m${text}\u001B[0m`
    : (_level, text) => text;

async function write(call: Call, text: string): Promise<void> {
  const output = call.values["output"];
  if (typeof output !== "string") return void call.world.stdout.write(text);
  const { writeFile } = await import("node:fs/promises");
  const path = resolve(call.world.cwd, output);
  await written(path, () => writeFile(path, text));
}

/** Errors exit 2; strict adds warnings and whatever is ambiguous or in conflict. */
function exitOf(book: Book, findings: readonly Finding[], strict: boolean): Exit {
  if (findings.some(({ level }) => level === "error")) return EXIT.input;
  const unsure = book.blocks.some(({ state }) => state === "ambiguous" || state === "conflict");
  return strict && (unsure || findings.some(({ level }) => level === "warn")) ? EXIT.input : EXIT.ok;
}
