import { z } from "zod";
import type { AttemptEnd } from "../../model/journal.ts";
import { defineStep, type StepContext } from "../../model/step.ts";
import { place } from "../checks/http/request.ts";
import { deadline } from "../checks/net/deadline.ts";
import { duration } from "../checks/params/duration.ts";
import { Ended, ended } from "./ending/ended.ts";
import { filled, jsonBody, openValue } from "./http/body.ts";
import { expectation, judged, outputsOf, type Expectation } from "./http/expect.ts";
import { ask, changes, type Request } from "./http/send.ts";
import { bookFile } from "./params/book-file.ts";
import { bookPath } from "./params/mode.ts";
import { shown, textOf, textOrValue, valueName } from "./params/values.ts";

const isUrl = (given: string): boolean => URL.canParse(given) && /^https?:$/.test(new URL(given).protocol);
const header = z.union([textOrValue, z.strictObject({ secret: z.string().min(1) })]);

const params = z
  .strictObject({
    method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).default("GET").describe("What is asked."),
    url: z
      .string()
      .refine(isUrl, "url")
      .refine((given) => !isUrl(given) || new URL(given).username === "", "url-credentials")
      .describe("Address, http or https; asked from where watchbook runs."),
    query: z
      .record(z.string(), textOrValue)
      .default({})
      .describe("Added to the address, encoded; `{value: NAME}` is the value of that name."),
    headers: z
      .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "header-name"), header)
      .default({})
      .describe("Headers; `{value: NAME}` a parameter or output, `{secret: reference}` a secret: nowhere else."),
    body: z.string().optional().describe("Body, as it stands."),
    json: jsonBody.optional().describe("Body as JSON; `{value: NAME}` in it is the value of that name."),
    expect: expectation.prefault({}).describe("What the answer must be; default: status 200 to 299."),
    outputs: z
      .record(valueName, z.string())
      .default({})
      .describe("Outputs by name, each a place in a JSON answer: `/id`, or `.id` as jq writes it."),
    timeout: duration.default(30).describe("No whole answer within this time: a change is in doubt then."),
    ca: bookPath.optional().describe("PEM file of the book with the authorities to trust instead of the machine's."),
  })
  .refine(({ body, json }) => body === undefined || json === undefined, "body-or-json")
  .refine(({ method, body, json }) => changes(method) || (body ?? json) === undefined, "body-needs-change");
type Params = z.infer<typeof params>;

/** Redirects that a request which changes nothing follows on its own origin. */
const REDIRECTS = 5;

async function headersOf({ headers, json }: Params, context: StepContext): Promise<Record<string, string>> {
  const entries = await Promise.all(
    Object.entries(headers).map(async ([name, value]) => {
      const text =
        typeof value === "object" && "secret" in value ? await context.secret(value.secret) : textOf(context, value);
      // What no header can carry must not become a second header.
      if (/[\r\n\0]/.test(text)) throw new Ended("failed", "http-header-value", { name });
      return [name, text] as const;
    }),
  );
  const given = Object.fromEntries(entries);
  const has = entries.some(([name]) => name.toLowerCase() === "content-type");
  return json === undefined || has ? given : { ...given, "content-type": "application/json" };
}

async function requestOf(given: Params, context: StepContext): Promise<Request> {
  const url = new URL(given.url);
  for (const [name, value] of Object.entries(given.query))
    url.searchParams.append(name, typeof value === "string" ? value : openValue(context, value.value));
  const body = given.json === undefined ? given.body : JSON.stringify(filled(given.json, context));
  return {
    url,
    method: given.method,
    headers: await headersOf(given, context),
    redirects: REDIRECTS,
    ...(body !== undefined && { body }),
    ...(given.ca !== undefined && { ca: Buffer.from(await bookFile(context, given.ca)).toString("utf8") }),
  };
}

async function run(given: Params, context: StepContext): Promise<Omit<AttemptEnd, "seconds">> {
  const { signal } = context;
  if (signal.aborted) return { ending: "cancelled", reason: "cancelled" };
  const request = await requestOf(given, context);
  using limit = deadline(given.timeout * 1_000, signal);
  const answer = await ask(request, limit.signal).catch((error: unknown) => {
    if (!(error instanceof Ended) || !limit.signal.aborted || error.end.ending === "unreachable") throw error;
    const args = { url: place(request.url), seconds: given.timeout };
    if (changes(given.method)) throw new Ended("unknown", "http-in-doubt", args);
    throw signal.aborted ? new Ended("cancelled", "cancelled") : new Ended("timeout", "http-slow", args);
  });
  context.log(Buffer.from(`${answer.status} ${place(answer.url)}\n${answer.body.text}\n`), "out");
  const wanted: Expectation = given.expect;
  judged(answer, wanted);
  const outputs = outputsOf(answer, given.outputs);
  return { ending: "ok", ...(Object.keys(outputs).length > 0 && { outputs }) };
}

const headerShown = (value: z.infer<typeof header>): string =>
  typeof value === "object" && "secret" in value ? `$(${value.secret})` : shown(value);

function command({ method, url, query, headers, body, json }: Params): string {
  const asked = Object.entries(query).map(([name, value]) => `${name}=${shown(value)}`);
  return [
    `${method} ${url}${asked.length > 0 ? `${url.includes("?") ? "&" : "?"}${asked.join("&")}` : ""}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${headerShown(value)}`),
    ...(json === undefined && body === undefined ? [] : ["", json === undefined ? body! : JSON.stringify(json)]),
  ].join("\n");
}

/** One request from where watchbook runs. A change that was sent and not answered is in doubt, never repeated unasked. */
export const httpStep = defineStep<Params>({
  kind: "http",
  params,
  view: (given) => ({
    command: command(given),
    risk: given.method === "DELETE" ? "destructive" : changes(given.method) ? "write" : "read",
    sudo: false,
  }),
  files: ({ ca }) => (ca === undefined ? [] : [ca]),
  byHand: () => "viewed",
  perform: (given, context) => ended(context, () => run(given, context)),
});
