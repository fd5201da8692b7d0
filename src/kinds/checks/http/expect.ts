import { z } from "zod";
import { Failing } from "../answer/failing.ts";
import { search } from "../../../model/pattern.ts";
import { lookUp, pointer, pointerText } from "../answer/pointer.ts";
import { excerpt } from "../answer/text.ts";
import { Unjudged } from "../answer/unjudged.ts";
import { regex } from "../params/regex.ts";
import type { Answer } from "./request.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What a JSON answer must say at one place; with nothing but `at`, the place must exist. */
export const jsonExpectation = z.strictObject({
  at: pointer.describe("Place in the document: `/status`, or `.status` as jq writes it."),
  equals: scalar.optional().describe("The value it must have."),
  in: z.array(scalar).min(1).optional().describe("Values it may have."),
  matches: regex.optional().describe("Regular expression for a text."),
  min: z.number().optional().describe("Least number."),
  max: z.number().optional().describe("Greatest number."),
});

export const expectations = {
  status: z
    .union([z.int(), z.array(z.int()).min(1)])
    .optional()
    .describe("Status code, or list of them, that is right; default: 200 to 299."),
  contains: texts.optional().describe("Text, or list of texts, that the body must contain."),
  excludes: texts.optional().describe("Text, or list of texts, that the body must not contain."),
  matches: regex.optional().describe("Regular expression that the body must match."),
  json: z
    .union([jsonExpectation, z.array(jsonExpectation).min(1)])
    .optional()
    .describe("What the body must say as JSON."),
  responseHeaders: z
    .record(z.string(), regex)
    .optional()
    .describe("Headers the answer must have, each with a regular expression for its value."),
};
const shape = z.object(expectations);
export type Expectations = z.infer<typeof shape>;
type JsonExpectation = z.infer<typeof jsonExpectation>;

export const needsBody = ({ contains, excludes, matches, json }: Expectations): boolean =>
  [contains, excludes, matches, json].some((given) => given !== undefined);

/** Not found in a part proves nothing. */
function mustBeWhole({ body }: Answer): void {
  if (!body.whole) throw new Unjudged("too-large", `${body.text.length}`);
}

export function document({ body, headers }: Pick<Answer, "body" | "headers">): unknown {
  try {
    return JSON.parse(body.text);
  } catch {
    if (!body.whole) throw new Unjudged("too-large", `${body.text.length}`);
    throw new Unjudged("unparsable", `JSON (${headers["content-type"] ?? "-"}): ${excerpt(body.text, 60)}`);
  }
}

function expectStatus({ status }: Answer, wanted: Expectations["status"]): void {
  const right = wanted === undefined ? status >= 200 && status < 300 : [wanted].flat().includes(status);
  if (!right)
    throw new Failing("http-status", { status, wanted: wanted === undefined ? "2xx" : [wanted].flat().join(", ") });
}

function expectText(answer: Answer, { contains = [], excludes = [], matches }: Expectations): void {
  const { text } = answer.body;
  const wrong = [excludes].flat().find((part) => text.includes(part));
  if (wrong !== undefined) throw new Failing("http-body-has", { text: excerpt(wrong) });
  const missing = [contains].flat().find((part) => !text.includes(part));
  const unmatched = matches !== undefined && search(matches, text) === null;
  if (missing !== undefined || unmatched || [excludes].flat().length > 0) mustBeWhole(answer);
  if (missing !== undefined) throw new Failing("http-body-lacks", { text: excerpt(missing) });
  if (unmatched) throw new Failing("http-body-lacks", { text: `/${matches}/` });
}

const scalarRight = (value: unknown, wanted: JsonExpectation): boolean =>
  (wanted.equals === undefined || value === wanted.equals) &&
  (wanted.in === undefined || wanted.in.some((each) => each === value)) &&
  (wanted.matches === undefined || (typeof value === "string" && search(wanted.matches, value) !== null)) &&
  (wanted.min === undefined || (typeof value === "number" && value >= wanted.min)) &&
  (wanted.max === undefined || (typeof value === "number" && value <= wanted.max));

function expectJson(answer: Answer, { json = [] }: Expectations): void {
  for (const wanted of [json].flat()) {
    const value = lookUp(document(answer), wanted.at);
    const at = pointerText(wanted.at);
    if (value === undefined) throw new Failing("http-json-lacks", { at });
    if (!scalarRight(value, wanted))
      throw new Failing("http-json-value", { at, value: excerpt(JSON.stringify(value), 80) });
  }
}

function expectHeaders({ headers }: Answer, { responseHeaders = {} }: Expectations): void {
  for (const [name, wanted] of Object.entries(responseHeaders)) {
    const value = [headers[name.toLowerCase()]].flat().join(", ");
    if (search(wanted, value) === null) throw new Failing("http-header", { name, value: excerpt(value, 80) });
  }
}

/** Throws Failing for the first thing that is not as the book wants it, Unjudged where that cannot be seen. */
export function expect(answer: Answer, wanted: Expectations): void {
  expectStatus(answer, wanted.status);
  expectHeaders(answer, wanted);
  expectText(answer, wanted);
  expectJson(answer, wanted);
}
