import { format } from "../../i18n/format.ts";
import { texts } from "../../i18n/texts.ts";
import type { Lang } from "../../model/lang.ts";
import type { Rendering, Unrendered } from "../../model/renderer.ts";
import { at } from "../../model/source.ts";
import { plain } from "../../report/escape.ts";
import type { Call } from "../verb.ts";
import type { Drift } from "./drift.ts";
import type { Kept } from "./manifest.ts";
import type { Validated } from "./validate.ts";

/** What was rendered, and what its tools said. */
export interface Told {
  readonly call: Call;
  readonly lang: Lang;
  readonly renderings: readonly (Rendering & { readonly kind: string })[];
  readonly files: readonly Kept[];
  readonly digest: string;
  /** Empty: nobody was asked to. */
  readonly validated: readonly Validated[];
}

/** What became of it. */
export interface Outcome {
  readonly folder: string;
  readonly written: boolean;
  readonly gone: readonly string[];
  readonly drift?: readonly Drift[];
}

/** Lines of a difference that are shown. */
const SHOWN = 20;

/** Something that a deliverable cannot say, in words. */
export const sayLeft = ({ reason, args, about }: Unrendered, lang: Lang): string => {
  const left = texts(lang).render.left as Readonly<Record<string, string>>;
  return format(left[reason] ?? reason, { about, ...args });
};

function json(
  { call, lang, renderings, files, digest, validated }: Told,
  { folder, written, gone, drift }: Outcome,
): void {
  const tool = (path: string): string => {
    const own = validated.filter((one) => one.files.includes(path));
    return own.length === 0 ? "none" : own.some(({ result }) => result === "refused") ? "refused" : own[0]!.result;
  };
  const document = {
    ...{ digest, folder, written },
    files: files.map(({ kind, path }) => ({ kind, path, validated: tool(path) })),
    removed: gone,
    rules: renderings.flatMap(({ rules = [] }) =>
      rules.map(({ source: { file, line }, ...rule }) => ({ ...rule, file, line })),
    ),
    left: renderings.flatMap(({ kind, left }) =>
      left.map(({ source, about, reason, ...rest }) => ({
        ...{ kind, about, reason, say: sayLeft({ about, reason, ...rest }, lang) },
        ...(source && { file: source.file, line: source.line }),
      })),
    ),
    validated: validated.map(({ argv, result, installs, detail }) => ({
      argv,
      result,
      installs,
      ...(detail !== undefined && { detail }),
    })),
    ...(drift && { drift }),
  };
  call.world.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function driftLines(drift: readonly Drift[], lang: Lang): readonly string[] {
  const { drift: words } = texts(lang).render;
  return drift.flatMap(({ path, state, only }) => [
    `${words[state]}  ${path}`,
    ...(only?.deployed.slice(0, SHOWN).map((line) => `  - ${plain(line.trim(), 200)}`) ?? []),
    ...(only?.book.slice(0, SHOWN).map((line) => `  + ${plain(line.trim(), 200)}`) ?? []),
  ]);
}

/** For people: the files, what tools said, what is left out, and how late the slowest rule may be. */
export function tell(told: Told, outcome: Outcome): void {
  const { call, lang, renderings, files, validated } = told;
  if (call.json) return json(told, outcome);
  const { said } = texts(lang).render;
  const rules = renderings.flatMap(({ rules: own = [] }) => own);
  const slowest = rules.toSorted((a, b) => b.detectionSeconds - a.detectionSeconds)[0];
  const lines = [
    ...(outcome.drift ? driftLines(outcome.drift, lang) : files.map(({ path }) => path)),
    ...outcome.gone.map((path) => format(said.removed, { path })),
    "",
    ...validated.map(({ argv, result, installs, detail = "" }) =>
      format(said[result], { argv: argv.join(" "), installs, detail }),
    ),
    ...(validated.length === 0 ? [said.unvalidated] : []),
    ...renderings
      .flatMap(({ left }) => left)
      .map((one) => `${one.source ? `${at(one.source)}: ` : ""}${sayLeft(one, lang)}`),
    ...(slowest
      ? [format(said.slowest, { rules: rules.length, rule: slowest.rule, seconds: slowest.detectionSeconds })]
      : []),
    ...(outcome.drift
      ? []
      : [format(outcome.written ? said.written : said.nothing, { count: files.length, folder: outcome.folder })]),
  ];
  call.world.stdout.write(`${lines.join("\n")}\n`);
}
