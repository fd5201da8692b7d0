import type { ParseArgsOptionsConfig } from "node:util";
import type { Lang } from "../model/lang.ts";
import { program } from "../i18n/program.ts";
import { texts } from "../i18n/texts.ts";
import { pad } from "../report/columns.ts";
import { commonOptions } from "./common.ts";
import { verbs, type VerbName } from "./verbs.ts";
import type { Verb } from "./verb.ts";

/** `watchbook --help`. */
export function overview(lang: Lang, version: string): string {
  const { cli } = texts(lang);
  const rows = (Object.keys(verbs) as VerbName[]).map((name) => `  ${pad(name, 10)} ${cli.verbs[name].does}`);
  const ends = Object.entries(cli.exits).map(([code, what]) => `  ${pad(code, 4)} ${what}`);
  return [
    `watchbook ${version} · ${cli.tagline}`,
    "",
    cli.usage,
    "",
    ...rows,
    "",
    cli.exitTitle,
    ...ends,
    "",
    cli.more,
    "",
  ].join("\n");
}

/** `watchbook VERB --help`: what it does, options, examples, exit codes. */
export function verbHelp(verb: Verb, lang: Lang): string {
  const { cli } = texts(lang);
  const words = cli.verbs[verb.name as VerbName];
  const lines = [`${program()} ${words.usage}`, "", words.does, "", cli.optionTitle];
  const options: ParseArgsOptionsConfig = { ...verb.options, ...commonOptions };
  const says = cli.options as Readonly<Record<string, string>>;
  for (const [name, option] of Object.entries(options)) {
    const text = says[`${verb.name}.${name}`] ?? says[name];
    if (text === undefined) throw new Error(`no help text for --${name} of ${verb.name}`);
    const flag = `--${name}${option.type === "string" ? " X" : ""}${option.short === undefined ? "" : `, -${option.short}`}`;
    lines.push(`  ${pad(flag, 26)} ${text}`);
  }
  lines.push("", cli.exampleTitle, ...words.examples.split("\n").map((line) => `  ${line}`));
  lines.push("", cli.exitTitle, ...words.exits.split("\n").map((line) => `  ${line}`), "");
  return lines.join("\n");
}
