import { z } from "zod";
import { Failing } from "../../checks/answer/failing.ts";
import { lookUp, pointer } from "../../checks/answer/pointer.ts";
import { excerpt } from "../../checks/answer/text.ts";
import { Unjudged } from "../../checks/answer/unjudged.ts";
import { document, expect, expectations } from "../../checks/http/expect.ts";
import { place, type Answer } from "../../checks/http/request.ts";
import { SlowPattern } from "../../../model/pattern.ts";
import { refused } from "../ending/ended.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const expectation = z.strictObject({
  status: expectations.status,
  contains: expectations.contains,
  excludes: expectations.excludes,
  matches: expectations.matches,
  json: z
    .record(z.string(), scalar)
    .optional()
    .describe("Places in a JSON answer (`/status`, or `.status` as jq writes it), each with the value it must have."),
});
export type Expectation = z.infer<typeof expectation>;

const at = (text: string): readonly string[] => pointer.parse(text);

/** Throws Ended when an answer is not as it must be, or when that cannot be seen. */
export function judged(answer: Answer, { json = {}, ...wanted }: Expectation): void {
  const url = place(answer.url);
  try {
    const places = Object.entries(json).map(([text, equals]) => ({ at: at(text), equals }));
    expect(answer, { ...wanted, ...(places.length > 0 && { json: places }) });
  } catch (error) {
    const args = { url, status: answer.status };
    if (error instanceof Failing) {
      const { text = "-", at: where = "-", value = "-" } = error.args as Record<string, string>;
      throw refused(error.reason, { ...args, text, at: where, value, wanted: String(error.args["wanted"] ?? "-") });
    }
    if (error instanceof Unjudged || error instanceof SlowPattern)
      throw refused("http-unreadable", { ...args, detail: excerpt(error.message) });
    throw error;
  }
}

/** Values at places of a JSON answer, as texts. Throws Ended when one is not there. */
export function outputsOf(answer: Answer, places: Readonly<Record<string, string>>): Record<string, string> {
  if (Object.keys(places).length === 0) return {};
  let whole: unknown;
  try {
    whole = document(answer);
  } catch (error) {
    if (!(error instanceof Unjudged)) throw error;
    throw refused("http-unreadable", { url: place(answer.url), status: answer.status, detail: error.message });
  }
  return Object.fromEntries(
    Object.entries(places).map(([name, text]) => {
      const value = lookUp(whole, at(text));
      if (value === undefined) throw refused("http-json-lacks", { url: place(answer.url), at: text });
      return [name, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}
