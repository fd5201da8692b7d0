import type { Finding } from "../model/finding.ts";
import type { Lang } from "../model/lang.ts";
import type { WatchbookError } from "../model/error.ts";
import { sayBoth } from "./one.ts";
import { spoken } from "./program.ts";
import type { Same } from "./same.ts";
import { en } from "./en/index.ts";
import { zh } from "./zh-CN/index.ts";

/** A sentence and the next action. */
export interface Said {
  readonly say: string;
  readonly fix: string;
}
/** All texts of one language: same keys in both, by type. */
export type Texts = Same<typeof en>;

export const texts = (lang: Lang): Texts => spoken(lang === "zh" ? zh : en);

export const sayFinding = (finding: Pick<Finding, "code" | "args">, lang: Lang): Said =>
  sayBoth(texts(lang).findings, finding.code, finding.args, texts(lang).words);

export const sayError = (error: WatchbookError, lang: Lang): Said =>
  sayBoth(texts(lang).errors, error.code, error.args, texts(lang).words);
