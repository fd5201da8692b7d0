import { z } from "zod";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { ended } from "./ending/ended.ts";
import { valueName, valueOf } from "./params/values.ts";
import { withArguments } from "./program/interpreter.ts";
import { carry, recalled, type Program } from "./program/program.ts";
import { clientField, clientOf, engineField, PASSWORD, placeFields } from "./sql/client.ts";
import { MARIADB, POSTGRES } from "./sql/program.ts";

const secret = z.union([
  z.strictObject({ secret: z.string().min(1).describe("Reference of a secret.") }),
  z.strictObject({ value: valueName.describe("Name of a secret parameter.") }),
]);
const params = z
  .strictObject({
    engine: engineField,
    statement: z
      .string()
      .min(1)
      .transform((text) => text.replace(/[\s;]+$/, ""))
      .describe("Statements of one transaction. A value is `:'name'` (postgres) or `@name` (mysql), never pasted."),
    values: z.array(valueName).default([]).describe("Names of the values that the statements use."),
    readOnly: z.boolean().default(false).describe("The transaction may only read; then the step counts as reading."),
    connect: z
      .strictObject({
        ...placeFields,
        password: secret.optional().describe("`{secret: reference}`, or `{value: NAME}` of a secret parameter."),
      })
      .default({})
      .describe("Where the database is, as seen from the target."),
    client: clientField,
    expect: z
      .strictObject({
        rows: z.int().nonnegative().optional().describe("Rows that the last statement gave or changed."),
        value: z.union([z.string(), z.number()]).transform(String).optional().describe("The last line it printed."),
      })
      .default({})
      .describe("What must hold before it is committed; otherwise it is rolled back."),
    cwd: z.string().optional().describe("Directory the client starts in."),
  })
  .refine(
    ({ engine, statement, values }) =>
      engine !== "postgres" || !values.some((name) => new RegExp(`(?<![:\\w]):${name}\\b`).test(statement)),
    "sql-bare-value",
  );
type Params = z.infer<typeof params>;

async function programOf(given: Params, context: StepContext): Promise<Program> {
  const { engine, connect, expect, values } = given;
  const password =
    connect.password === undefined
      ? undefined
      : "secret" in connect.password
        ? await context.secret(connect.password.secret)
        : valueOf(context, connect.password.value);
  const wants = Object.entries(expect).filter(([, value]) => value !== undefined);
  return {
    text: engine === "postgres" ? POSTGRES : MARIADB,
    interpreter: withArguments(["sh"], clientOf(given)),
    env: {
      ...Object.fromEntries(values.map((name) => [`WB_V_${name}`, valueOf(context, name)])),
      WB_NAMES: values.join(" "),
      WB_SQL: given.statement,
      WB_READ: given.readOnly ? "yes" : "no",
      WB_WANTS: wants.map(([name]) => name).join(" "),
      WB_ROWS: String(expect.rows ?? ""),
      WB_VALUE: expect.value ?? "",
      ...(password !== undefined && { [PASSWORD[engine]]: password }),
    },
    ...(given.cwd !== undefined && { cwd: given.cwd }),
  };
}

/** Statements in one transaction that is committed only when they gave what they must. Outputs: ROWS, VALUE. */
export const sqlStep = defineStep<Params>({
  kind: "sql",
  params,
  view: (given) => ({
    command: `${clientOf(given).join(" ")}\n${given.readOnly ? "BEGIN READ ONLY" : "BEGIN"};\n${given.statement};\nCOMMIT;`,
    risk: given.readOnly ? "read" : "unknown",
    sudo: false,
  }),
  byHand: () => "viewed",
  perform: (given, context) =>
    ended(context, async (): Promise<AttemptEnd> => (await carry(context, await programOf(given, context))).end),
  recall: (_, context) => recalled(context),
});
