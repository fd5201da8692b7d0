import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { excerpt } from "./answer/text.ts";
import { Unjudged } from "./answer/unjudged.ts";
import { headers, url, valuesOf } from "./http/headers.ts";
import { document } from "./http/expect.ts";
import { place, request, type Answer } from "./http/request.ts";
import { readAnswer, worstOf } from "./prometheus/answer.ts";
import { duration } from "./params/duration.ts";
import { UNITS } from "./params/figure.ts";
import { text } from "./proc/text.ts";

const params = z.strictObject({
  url: url.describe("Address of Prometheus, or of what speaks its API; asked from where watchbook runs."),
  query: z
    .string()
    .trim()
    .min(1)
    .describe("PromQL of an instant query: a scalar, or a vector, of which the worst series counts."),
  unit: z.enum(UNITS).default("none").describe("Unit of the value."),
  absent: z
    .number()
    .optional()
    .describe("Value of an empty answer, where none means that nothing happened; default: an empty answer is unknown."),
  headers: headers.describe("Headers to send; a secret as `{secret: name}`, never as its value."),
  within: duration.default(5).describe("No whole answer within this time is unknown."),
  ca: z.string().optional().describe("PEM file on the target with the authorities to trust instead of the machine's."),
});
type Params = z.infer<typeof params>;

/** Bytes of an answer: some ten thousand series. */
const MOST = 4_194_304;

/** `…/api/v1/query` below the given address, which may have a path of its own. */
function endpoint(base: string): URL {
  const found = new URL(base);
  found.pathname = `${found.pathname.replace(/\/+$/, "")}/api/v1/query`;
  found.search = "";
  found.hash = "";
  return found;
}

/** That the one who measures does not answer says nothing about what is measured. */
function blind(error: unknown): unknown {
  if (!(error instanceof Failing)) return error;
  const { address, url: at, code } = error.args;
  const detail = [address ?? at, code].filter((part) => part !== undefined).join(" ");
  return new Unjudged(error.reason === "no-answer" ? "timeout" : "unreachable", detail);
}

async function ask(given: Params, context: CheckContext): Promise<Answer> {
  const asked = {
    url: endpoint(given.url),
    method: "POST" as const,
    headers: await valuesOf(given.headers, context),
    within: given.within,
    redirects: 0,
    maxBytes: MOST,
    form: { query: given.query },
    ...(given.ca !== undefined && { ca: await text(context.reach, given.ca) }),
  };
  return request(asked, context.clock, context.signal).catch((error: unknown) => {
    throw blind(error);
  });
}

/** What an answer without success means: the query is wrong (400, 422), nobody may ask, or it cannot answer now. */
function refuse(answer: Answer): void {
  const { status, url: at } = answer;
  if (status === 200) return;
  if (status === 401 || status === 403) throw new Unjudged("no-permission", `${place(at)} ${status}`);
  if (status !== 400 && status !== 422) throw new Unjudged("unreachable", `${place(at)} ${status}`);
  const said = answer.body.text.startsWith("{") ? (document(answer) as { readonly error?: unknown }).error : undefined;
  throw new Unjudged("bad-params", typeof said === "string" ? excerpt(said, 200) : `${status}`);
}

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const answer = await ask(given, context);
  refuse(answer);
  const series = readAnswer(document(answer));
  const worst = worstOf(series, context.bands?.bad ?? "above");
  const facts = {
    url: place(new URL(given.url)),
    query: excerpt(given.query, 200),
    series: series.length,
    ...(worst && worst.labels !== "" && { labels: worst.labels }),
  };
  const value = worst?.value ?? given.absent;
  if (value === undefined) throw new Unjudged("absent", excerpt(given.query, 160), facts);
  return { kind: "value", value, unit: given.unit, facts };
}

/** What Prometheus says at this moment; what it does not know, or cannot say, is unknown. */
export const prometheusCheck = defineCheck({
  kind: "prometheus",
  light: true,
  everyMs: SOON_MS,
  params,
  run: guarded(run),
});
