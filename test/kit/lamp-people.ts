// The two lamps with what their people may do, served.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Serving } from "../../src/cli/serve.ts";
import { systemClock } from "../../src/model/time.ts";
import { serving } from "./daemon.ts";
import { lamps } from "./lamp.ts";
import { CHEAP, strengthen, type Browser } from "./people.ts";

const ACCESS = {
  ana: "[operator, approver]",
  ben: "approver",
  eve: "[{ role: approver, environments: [test] }, { role: operator, environments: [test] }]",
} as const;

export const RUN = { runbook: "SOP-01", params: { colour: "blue" }, reason: "the red one hurts" };

/** `more`: lines at the end of watchbook.yaml; `person`: of one more person instead. */
export async function servedLamps(
  t: TestContext,
  more = "",
  person?: string,
): Promise<{ readonly on: Serving; readonly book: string }> {
  const { book } = lamps(t);
  const yaml = join(book, "watchbook.yaml");
  let text = readFileSync(yaml, "utf8");
  for (const [who, access] of Object.entries(ACCESS))
    text = text.replace(`${who}: { `, `${who}: { access: ${access}, `);
  text = text.replace("roles: [guest]", "roles: [ops]");
  text = text.replace("runbooks:\n", "  spare: { kind: local, directory: ../lamp-1 }\nrunbooks:\n");
  // A person stands among the people, anything else at the end.
  writeFileSync(yaml, person === undefined ? text + more : text.replace("targets:\n", `${more}targets:\n`));
  return { book, on: await serving(t, book, { clock: systemClock, cost: CHEAP }) };
}

/** The same person, signed in by two factors from now on. */
export async function strong(browser: Browser): Promise<Browser> {
  await strengthen(browser, systemClock.wall());
  return browser;
}
