import { z } from "zod";
import { defineCheck, SOON_MS, type CheckContext, type Measured } from "../../model/check.ts";
import { Failing } from "./answer/failing.ts";
import { guarded } from "./answer/guarded.ts";
import { rounded } from "./answer/measured.ts";
import { document, expect, expectations, needsBody } from "./http/expect.ts";
import { headers, url, valuesOf } from "./http/headers.ts";
import { place, request, type Answer } from "./http/request.ts";
import { duration } from "./params/duration.ts";
import { figure, readFigure } from "./params/figure.ts";
import { size } from "./params/size.ts";
import { text } from "./proc/text.ts";

const params = z.strictObject({
  url: url.describe("Address, http or https; asked from where watchbook runs."),
  method: z.enum(["GET", "HEAD"]).default("GET").describe("A check changes nothing, so no other method."),
  headers: headers.describe("Headers to send; a secret as `{secret: name}`, never as its value."),
  ...expectations,
  value: figure.optional().describe("A number in the body for the bands to judge, instead of the answer time."),
  within: duration.default(5).describe("No whole answer within this time is a failure."),
  redirects: z.int().min(0).max(20).default(5).describe("Redirects to follow; 0: the redirect itself is the answer."),
  maxBytes: size
    .refine((bytes) => bytes > 0 && bytes <= 16_777_216, "max-bytes")
    .default(262_144)
    .describe("Bytes of the unpacked body that are read, 16 MiB at most."),
  ca: z.string().optional().describe("PEM file on the target with the authorities to trust instead of the machine's."),
});

type Params = z.infer<typeof params>;

async function answer(given: Params, context: CheckContext): Promise<Answer> {
  const body = given.method === "GET" && (needsBody(given) || given.value !== undefined);
  return request(
    {
      url: new URL(given.url),
      method: given.method,
      headers: await valuesOf(given.headers, context),
      within: given.within,
      redirects: given.redirects,
      maxBytes: body ? given.maxBytes : 0,
      ...(given.ca !== undefined && { ca: await text(context.reach, given.ca) }),
    },
    context.clock,
    context.signal,
  );
}

async function run(given: Params, context: CheckContext): Promise<Measured> {
  const got = await answer(given, context);
  const facts = {
    url: place(got.url),
    status: got.status,
    seconds: rounded(got.seconds, 4),
    ...(got.redirects > 0 && { redirects: got.redirects }),
  };
  try {
    expect(got, given);
  } catch (error) {
    if (error instanceof Failing) throw new Failing(error.reason, { url: place(got.url), ...error.args }, facts);
    throw error;
  }
  if (!given.value) return { kind: "value", value: facts.seconds, unit: "seconds", facts };
  const value = readFigure(got.body.text, given.value, () => document(got));
  return { kind: "value", value, unit: given.value.unit, facts };
}

/** Whether an address answers as it should; its value is the answer time, or a number in the body. */
export const httpCheck = defineCheck({
  kind: "http",
  light: true,
  everyMs: SOON_MS,
  params,
  unit: "seconds",
  bands: { bad: "above", warn: 2, critical: 5 },
  run: guarded(run),
});
