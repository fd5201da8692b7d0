import { z } from "zod";
import { defineCheck, type CheckContext, type Measured } from "../../model/check.ts";
import { secondsBetween } from "../../model/time.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { pass, rounded } from "./answer/measured.ts";
import { excerpt } from "./answer/text.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { ask, databaseFields } from "./database/ask.ts";
import { toNumber, UNITS } from "./params/figure.ts";

const params = z.strictObject({
  ...databaseFields,
  statement: z
    .string()
    .min(1)
    .describe("One statement; the first field of its first row counts. It runs in a transaction that may only read."),
  equals: z
    .union([z.string(), z.number()])
    .transform(String)
    .optional()
    .describe("What that field must be; then the limits judge nothing."),
  unit: z.enum(UNITS).default("none").describe("Unit of the number."),
});

async function run(given: z.infer<typeof params>, context: CheckContext): Promise<Measured> {
  const { clock } = context;
  const start = clock.monotonic();
  const [line] = await ask(given, given.statement, context);
  const facts = { seconds: rounded(secondsBetween(start, clock.monotonic()), 4), output: excerpt(line ?? "", 80) };
  if (line === undefined) throw new Unjudged("absent", excerpt(given.statement, 80), facts);
  const [field = ""] = line.split(given.engine === "postgres" ? "|" : "\t");
  if (given.equals === undefined) return { kind: "value", value: toNumber(field, "SQL"), unit: given.unit, facts };
  if (field !== given.equals)
    throw new Failing("sql-differs", { found: excerpt(field, 80), wanted: given.equals }, facts);
  return pass("sql-right", { found: field }, facts);
}

/** What a statement gives, asked through the database's own client: whether it answers at all, and what. */
export const sqlCheck = defineCheck({ kind: "sql", params, run: guarded(run) });
