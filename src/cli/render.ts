import { resolve } from "node:path";
import { openBook } from "../book/open.ts";
import { EXIT, WatchbookError, type Exit } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Renderer, Rendering } from "../model/renderer.ts";
import { expectManual } from "./book-source.ts";
import { openLocal } from "./hold.ts";
import { driftOf } from "./render/drift.ts";
import { inputOf } from "./render/input.ts";
import { deliver, foreign, manifestOf, orphans, type Kept } from "./render/manifest.ts";
import { tell, type Told } from "./render/tell.ts";
import { validate, type Validated } from "./render/validate.ts";
import type { Call, Verb } from "./verb.ts";

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;

/** Files made from the book, each read by its own tool before it is written. */
export const render: Verb = {
  name: "render",
  words: 1,
  options: {
    output: { type: "string", short: "o" },
    ...{ diff: TEXT, force: FLAG, unvalidated: FLAG },
    ...{ prometheus: TEXT, alertmanager: TEXT, vmalert: TEXT, scrape: TEXT, "keep-firing": TEXT },
    ...{ watchbook: TEXT, "alertmanager-at": TEXT, blackbox: TEXT, forward: TEXT },
  },
  run: async (call) => {
    const { renderers } = await import("../kinds/renderers/index.ts");
    const chosen = chosenOf(call, renderers);
    const { output, diff } = call.values;
    if ((output === undefined) === (diff === undefined)) throw new WatchbookError("RENDER-USAGE", {});
    const registry = await call.world.registry();
    await using reach = await openLocal(registry, call.book);
    const opened = expectManual(await openBook(call.book, { reach }), call.book);
    const lang = call.values["lang"] === undefined ? opened.book.lang : call.lang;
    const input = inputOf(call, opened, registry, lang);
    const renderings = chosen.map((renderer) => ({ kind: renderer.kind, ...renderer.render(input) }));
    const all = { renderings, files: deliveredOf(renderings), digest: opened.book.digest };
    const validated = call.values["unvalidated"] === true ? [] : await validate(unique(renderings), registry);
    const told = { call, lang, ...all, validated };
    return diff === undefined ? await write(told, String(output)) : await compare(told, String(diff));
  },
};

/** The kinds that were asked for: one by its name, or all. */
function chosenOf({ positionals: [what] }: Call, renderers: readonly Renderer[]): readonly Renderer[] {
  const kinds = renderers.map(({ kind }) => kind);
  if (what === "all") return renderers;
  const found = renderers.find(({ kind }) => kind === what);
  if (found) return [found];
  if (what === undefined) throw new WatchbookError("RENDER-KIND", { kinds });
  const near = nearest(what, kinds);
  throw new WatchbookError(near === undefined ? "RENDER-UNKNOWN" : "RENDER-UNKNOWN-NEAR", {
    kind: what,
    kinds,
    near: near ?? "",
  });
}

const deliveredOf = (renderings: readonly (Rendering & { readonly kind: string })[]): readonly Kept[] =>
  renderings.flatMap(({ kind, files }) =>
    files.flatMap(({ path, text, staged }) => (staged ? [] : [{ kind, path, text }])),
  );

/** What a validator needs may be a deliverable of another kind: the same file, once, with its own validator. */
function unique(renderings: readonly Rendering[]): Rendering["files"] {
  const all = renderings.flatMap(({ files }) => files);
  return [
    ...new Map(
      [...all.filter(({ staged }) => staged), ...all.filter(({ staged }) => !staged)].map((file) => [file.path, file]),
    ).values(),
  ];
}

const refused = (validated: readonly Validated[]): boolean => validated.some(({ result }) => result === "refused");

/** Nothing is written when a tool refuses it, or over what somebody else wrote. */
async function write(told: Told, output: string): Promise<Exit> {
  const { call, files, renderings, validated, digest } = told;
  const folder = resolve(call.world.cwd, output);
  const manifest = await manifestOf(folder);
  const gone = orphans(manifest, new Set(renderings.map(({ kind }) => kind)), files);
  const paths = [...files.map(({ path }) => path), ...gone];
  const others = call.values["force"] === true ? [] : await foreign(folder, paths, manifest);
  if (others.length > 0) throw new WatchbookError("RENDER-FOREIGN", { paths: others, folder });
  if (!refused(validated)) await deliver(folder, files, gone, manifest, digest);
  tell(told, { folder, written: !refused(validated), gone });
  return refused(validated) ? EXIT.failed : EXIT.ok;
}

/** Writes nothing. */
async function compare(told: Told, diff: string): Promise<Exit> {
  const { call, files, renderings, validated } = told;
  const folder = resolve(call.world.cwd, diff);
  const kinds = new Set(renderings.map(({ kind }) => kind));
  const drift = await driftOf(folder, files, await manifestOf(folder), kinds);
  tell(told, { folder, written: false, gone: [], drift });
  return refused(validated) || drift.some(({ state }) => state !== "same") ? EXIT.failed : EXIT.ok;
}
