import { findRunbook } from "../../engine/plan/find.ts";
import { WatchbookError } from "../../model/error.ts";
import type { Book } from "../../model/book.ts";
import type { PlanRequest } from "../../model/plan.ts";
import type { Call } from "../verb.ts";

const known = (names: readonly string[]): string =>
  names.length === 0 ? "–" : names.slice(0, 12).join(", ") + (names.length > 12 ? ", …" : "");

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** An option's text; undefined when it is not given. */
export const textOf = (values: Call["values"], name: string): string | undefined =>
  typeof values[name] === "string" ? values[name] : undefined;

/** `NAME=VALUE`; the value may hold anything, `=` too. */
function paramsOf(given: readonly string[]): Readonly<Record<string, string>> {
  const found = Object.create(null) as Record<string, string>;
  for (const one of given) {
    const at = one.indexOf("=");
    if (at <= 0) throw new WatchbookError("RUN-PARAM", { given: one });
    found[one.slice(0, at)] = one.slice(at + 1);
  }
  return { ...found };
}

/** What is asked for. Throws RUN-WHICH, RUN-WHERE (with the names there are), RUNBOOK-UNKNOWN or RUN-PARAM. */
export function requestOf({ values, positionals }: Pick<Call, "values" | "positionals">, book: Book): PlanRequest {
  const [runbook] = positionals;
  if (runbook === undefined) throw new WatchbookError("RUN-WHICH", { known: known(book.runbooks.map(({ id }) => id)) });
  const environment = textOf(values, "env");
  if (environment === undefined) {
    // A name that is none is said first: nobody looks for the place of what there is not.
    findRunbook(book, runbook);
    throw new WatchbookError("RUN-WHERE", { known: known(book.environments.map(({ id }) => id)) });
  }
  const targets = textOf(values, "targets");
  const only = list(values["step"]);
  const fault = textOf(values, "inject-fault");
  return {
    runbook,
    environment,
    params: paramsOf(list(values["param"])),
    ...(targets !== undefined && {
      targets: targets
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    }),
    ...(fault !== undefined && { injectFault: fault }),
    ...(only.length > 0 && { only }),
  };
}
