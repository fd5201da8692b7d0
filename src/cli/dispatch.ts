import { calledWith } from "../i18n/program.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import { nearest } from "../model/nearest.ts";
import { at } from "../model/source.ts";
import { commonOptions, placeOf } from "./common.ts";
import { isVerb, verbs } from "./verbs.ts";
import type { Call, Verb, World } from "./verb.ts";

// An import statement asks this module for everything it could export, and so loads what it keeps for later: a tenth of
// the instructions that a start needs. The same below, wherever node:fs is taken this way.
const { parseArgs } = process.getBuiltinModule("node:util");

/** One run of the command line: argv in, exit code out. Every user error becomes one sentence and the next action. */
export async function run(argv: readonly string[], world: World): Promise<Exit> {
  const json = argv.includes("--json");
  const lang = langOf(argv, world);
  try {
    return await dispatch(argv, world, lang, json);
  } catch (error) {
    const stopped = world.signal.aborted;
    // What the interrupt itself broke off needs no word; anything else that went wrong meanwhile is said.
    if (stopped && isAbort(error, world.signal)) return EXIT.interrupted;
    const exit = await complain(error, world, lang, json);
    return stopped && exit !== EXIT.bug ? EXIT.interrupted : exit;
  }
}

const isAbort = (error: unknown, signal: AbortSignal): boolean =>
  error === signal.reason || (error instanceof Error && (error.name === "AbortError" || error.cause === signal.reason));

async function dispatch(argv: readonly string[], world: World, lang: Lang, json: boolean): Promise<Exit> {
  const [name, ...rest] = argv;
  if (name === "--version" || name === "version") {
    world.stdout.write(`watchbook ${world.version}\n`);
    return EXIT.ok;
  }
  if (name === undefined || name === "help" || name.startsWith("-")) {
    if (name !== undefined && isMisplaced(name, rest)) throw new WatchbookError("OPTION-FIRST", { option: name });
    const { overview, verbHelp } = await import("./help.ts");
    const words = name === "help" ? rest.slice(0, rest.findIndex((word) => word.startsWith("-")) >>> 0) : [];
    const [verb, ...extra] = words;
    if (extra.length > 0) throw new WatchbookError("WORDS-EXTRA", { verb: "help", extra });
    world.stdout.write(verb === undefined ? overview(lang, world.version) : verbHelp(await verbOf(verb), lang));
    return name === undefined ? EXIT.input : EXIT.ok;
  }
  const verb = await verbOf(name);
  if (rest.includes("--help") || rest.includes("-h")) {
    const { verbHelp } = await import("./help.ts");
    world.stdout.write(verbHelp(verb, lang));
    return EXIT.ok;
  }
  return verb.run(callOf(verb, rest, world, lang, json));
}

/** An option before its verb; of those that the overview takes, where a verb follows after all. */
function isMisplaced(name: string, rest: readonly string[]): boolean {
  const option = name.split("=")[0]!;
  if (["help", "--help", "-h"].includes(option)) return false;
  return !["--lang", "--json"].includes(option) || rest.some(isVerb);
}

async function verbOf(name: string): Promise<Verb> {
  if (isVerb(name)) return verbs[name]();
  const near = nearest(name, Object.keys(verbs));
  throw new WatchbookError(near === undefined ? "VERB-UNKNOWN" : "VERB-UNKNOWN-NEAR", { verb: name, near: near ?? "" });
}

function callOf(verb: Verb, argv: readonly string[], world: World, lang: Lang, json: boolean): Call {
  const options = { ...commonOptions, ...verb.options };
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usage(error, verb, Object.keys(options));
  }
  const { values, positionals } = parsed;
  if (verb.words !== "any" && positionals.length > verb.words)
    throw new WatchbookError("WORDS-EXTRA", { verb: verb.name, extra: positionals.slice(verb.words) });
  const { lang: asked } = values;
  if (typeof asked === "string" && !/^(?:zh|en)(?:[-_].*)?$/.test(asked))
    throw new WatchbookError("LANG-UNKNOWN", { lang: asked });
  const { book, data } = values as { readonly book?: string; readonly data?: string };
  calledWith({ book, data });
  return { world, verb: verb.name, values, positionals, lang, json, ...placeOf(values, world.cwd) };
}

/** Node's own complaint about an argument, turned into ours with the nearest right spelling. */
function usage(error: unknown, verb: Verb, names: readonly string[]): unknown {
  const code = (error as { code?: string }).code ?? "";
  if (!code.startsWith("ERR_PARSE_ARGS")) return error;
  const option = /'(-{1,2}[^\s'<]+)/.exec((error as Error).message)?.[1] ?? "";
  const near = nearest(option.replace(/^-+/, "").split("=")[0]!, names);
  const args = { option, verb: verb.name, near: near === undefined ? "" : `--${near}` };
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") return new WatchbookError("OPTION-VALUE", args);
  return new WatchbookError(near === undefined ? "OPTION-UNKNOWN" : "OPTION-UNKNOWN-NEAR", args);
}

async function complain(error: unknown, world: World, lang: Lang, json: boolean): Promise<Exit> {
  if (!(error instanceof WatchbookError)) {
    world.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.bug;
  }
  const { sayError, texts } = await import("../i18n/texts.ts");
  const { say, fix } = sayError(error, lang);
  const source = error.source;
  if (json) {
    const where = source === undefined ? {} : { file: source.file, line: source.line };
    world.stdout.write(`${JSON.stringify({ error: { code: error.code, say, fix, ...where } })}\n`);
  }
  const place = source === undefined ? "" : `${at(source)}${texts(lang).cli.colon}`;
  const { cli } = texts(lang);
  world.stderr.write(`${cli.error}${cli.colon}${place}${say}\n  ${fix}\n`);
  return error.exit;
}

/** Before the book is known: `--lang`, then the locale. Verbs that open a book answer in the book's language. */
function langOf(argv: readonly string[], world: World): Lang {
  const index = argv.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const given = index < 0 ? undefined : (argv[index]!.split("=")[1] ?? argv[index + 1]);
  if (given !== undefined) return given.startsWith("zh") ? "zh" : "en";
  const locale = world.env["LC_ALL"] || world.env["LC_MESSAGES"] || world.env["LANG"] || "";
  return locale.startsWith("zh") ? "zh" : "en";
}
