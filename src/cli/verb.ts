import type { ParseArgsOptionsConfig } from "node:util";
import type { Exit } from "../model/error.ts";
import type { Lang } from "../model/lang.ts";
import type { Registry } from "../model/registry.ts";
import type { Clock } from "../model/time.ts";

/** What main.ts gives to every verb: the outside world, so that nothing else touches process. */
export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly clock: Clock;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly version: string;
  /** Root of the installed package (where examples/ and docs/ lie). */
  readonly home: string;
  /** Loaded on first use: `--help` must not pay for it. */
  registry(): Promise<Registry>;
}

/** One call of a verb, options parsed. */
export interface Call {
  readonly world: World;
  /** Name of the verb. */
  readonly verb: string;
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
  readonly lang: Lang;
  /** `--json`: exactly one document on stdout, everything else on stderr. */
  readonly json: boolean;
  /** Value of `--book`, absolute; absent: the folder with watchbook.yaml at or above cwd, else cwd. */
  readonly book: string;
  /** Value of `--data`, absolute; absent: `.watchbook` beside the book. */
  readonly data: string;
}

/** A verb: one file in cli/. Its texts are i18n `cli.verbs[name]` (does, usage, examples, exits). */
export interface Verb {
  readonly name: string;
  /** Beyond the common ones (help, json, lang, book, data). Help lines: i18n `cli.options[name]`. */
  readonly options: ParseArgsOptionsConfig;
  /** How many words without dashes it takes; what is more is refused. "any": the verb looks at them itself. */
  readonly words: number | "any";
  run(call: Call): Promise<Exit>;
}
