import type { Statements } from "../../model/book.ts";
import type { BookConfig } from "../../model/config.ts";
import type { Finding } from "../../model/finding.ts";
import { emptyConfig } from "../config/empty.ts";
import type { Page } from "../recognise/recogniser.ts";
import { recognise } from "./constructs.ts";
import { makePage } from "./page.ts";
import { collect } from "./statements.ts";

/** What one text says: its page, its statements, its findings. Links are not looked up; that needs the whole book. */
export interface CompiledText {
  readonly page: Page;
  readonly statements: Statements;
  readonly findings: readonly Finding[];
}

/** Compiles one text on its own. */
export function compileText(file: string, text: string, config: BookConfig = emptyConfig): CompiledText {
  const page = makePage(file, text, config);
  const found = recognise(page);
  const statements = collect([{ page, found }]);
  return { page, statements, findings: [...page.findings, ...found.flatMap((each) => each.findings ?? [])] };
}
