import { join, resolve } from "node:path";
import type { OpenBook } from "../engine/house.ts";
import { inspect, type InspectionResult } from "../engine/inspect.ts";
import { format } from "../i18n/format.ts";
import { calledFromAnywhere, program } from "../i18n/program.ts";
import { sayError, texts } from "../i18n/texts.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { utc } from "../model/time.ts";
import { makeFolder } from "../store/folder.ts";
import { isOwned, own } from "../store/ownership.ts";
import { bookSource } from "./book-source.ts";
import { placeBook } from "./demo/book.ts";
import { findExample, install, isInstalled, offered, placeExample, USUAL } from "./demo/example.ts";
import { stackOf } from "./demo/stack.ts";
import { factsOf, near, tell } from "./demo/tell.ts";
import { openTool } from "./demo/tool.ts";
import { written } from "./disk.ts";
import { hold, openLocal } from "./hold.ts";
import { progress } from "./inspect/alone.ts";
import { startDaemon, type Serving } from "./serve.ts";
import type { Call, Verb, World } from "./verb.ts";

/** The example at work: an example book with its services, its first inspection, then the daemon until Ctrl-C. */
export const demo: Verb = {
  name: "demo",
  words: 1,
  options: { once: { type: "boolean" }, dir: { type: "string" }, listen: { type: "string" } },
  run: async (call) => {
    const { world, positionals, values } = call;
    const example = await findExample(world.home, positionals[0] ?? USUAL);
    const usual = join(world.cwd, ".watchbook", "demo", positionals[0] ?? USUAL);
    const dir = typeof values["dir"] === "string" ? resolve(world.cwd, values["dir"]) : usual;
    await written(dir, () => makeFolder(dir));
    const mine = await own(join(dir, "owner"), { socket: null }, world.clock);
    if (isOwned(mine)) throw running(dir, mine.owner);
    await using _ = mine;
    return await play(call, example, dir);
  },
};

const running = (dir: string, owner: { readonly pid: number; readonly since: number }): WatchbookError =>
  new WatchbookError("DEMO-RUNS", { dir, pid: owner.pid, since: utc(owner.since) }, { exit: EXIT.input });

/** Sets the stage, inspects, serves; whatever happens, what was started is ended. */
async function play(call: Call, source: string, dir: string): Promise<Exit> {
  const { world, lang } = call;
  const { said } = texts(lang).demo;
  const say = (line: string, args = {}): void => void world.stderr.write(`${format(line, args)}\n`);
  const example = await placeExample(source, dir);
  const { tool, reach } = await openTool(world, dir);
  await using _ = reach;
  if (!(await isInstalled(example))) {
    say(said.installing, { example: near(world, example) });
    await install(
      example,
      tool,
      world,
      over(world, (done, total) => format(said.packages, { done, total })),
    );
    if (world.stderr.isTTY) world.stderr.write("\r\u001B[K");
  }
  const stack = stackOf(example, dir, tool, lang);
  // Nodes that a killed demo left behind: only those of this work directory.
  await stack.down();
  await using ending = new AsyncDisposableStack();
  ending.defer(() => {
    say(said.ending);
    return stack.down();
  });
  say(said.starting);
  const nodes = await stack.up(world.signal);
  say(said.started, { nodes: nodes.map(({ name, port }) => `${name} :${port}`) });
  const { root, committed } = await placeBook(example, dir, lang, nodes, tool);
  if (!committed) say(said.noGit);
  const data = join(root, ".watchbook");
  const { open, result } = await first(call, root, data);
  for (const problem of result.problems) say(sayError(problem, lang).say);
  const facts = factsOf(result, world, root);
  if (!call.json) world.stdout.write(tell(facts, open, lang, world));
  const told = { example: dir, book: root, data, ...facts, nodes };
  if (call.values["once"] === true) {
    if (call.json) world.stdout.write(`${JSON.stringify(told)}\n`);
    return facts.report === null || facts.evidence === null ? EXIT.failed : EXIT.ok;
  }
  const about = (verb: string): string => `${program()} ${verb} --book ${near(world, root)}`;
  const bin = near(world, join(dir, "bin"));
  const tries = [...(await offered(example)), "wb status"].map((line) =>
    line.startsWith("wb ") ? about(line.slice(3)) : line.replace(/^bin(?=\/)/, () => bin),
  );
  // What the daemon says is read on its page and by verbs in other folders.
  calledFromAnywhere({ book: root });
  await using serving = await serve(call, root, data);
  if (call.json) world.stdout.write(`${JSON.stringify({ ...told, url: serving.url })}\n`);
  say(said.serving, { url: serving.url });
  say(said.tryThis, { lines: tries.map((line) => `  ${line}`).join("\n") });
  await ended(serving, world.signal);
  return EXIT.ok;
}

/** One line that is written over itself while work goes on; nothing where there is no terminal. */
function over<T extends readonly unknown[]>(
  { stderr }: Pick<World, "stderr">,
  line: (...facts: T) => string,
): (...facts: T) => void {
  return (...facts) => void (stderr.isTTY && stderr.write(`\r\u001B[K${line(...facts)}`));
}

/** The daily inspection, by the same code as `inspect`. */
async function first(
  call: Call,
  root: string,
  data: string,
): Promise<{ readonly open: OpenBook; readonly result: InspectionResult }> {
  const { world } = call;
  await using held = await hold(world, data, { socket: null, command: "demo" }, { works: true });
  await using reach = await openLocal(held.house.registry, root);
  const { open } = await bookSource(root, reach, world.clock).load();
  const result = await inspect(held.house, open, undefined, {
    by: "watchbook demo",
    signal: world.signal,
    onProgress: progress(world, open, call.lang),
  });
  world.signal.throwIfAborted();
  return { open, result };
}

/** The daemon on the usual port, or on a free one when that is taken and nobody asked for it. */
async function serve({ world, values }: Call, book: string, data: string): Promise<Serving> {
  const asked = values["listen"];
  if (typeof asked === "string") return startDaemon(world, { book, data, listen: asked });
  try {
    return await startDaemon(world, { book, data });
  } catch (error) {
    if (!(error instanceof WatchbookError) || error.code !== "PORT-TAKEN") throw error;
    return startDaemon(world, { book, data, listen: "127.0.0.1:0" });
  }
}

/** Resolves at the signal; rejects when a bug stopped the daemon. */
async function ended(serving: Serving, signal: AbortSignal): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  if (signal.aborted) stopped.resolve();
  signal.addEventListener("abort", () => stopped.resolve(), { once: true });
  await Promise.race([stopped.promise, serving.daemon.done]);
}
