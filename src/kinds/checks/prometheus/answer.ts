import { z } from "zod";
import type { Bands } from "../../../model/check.ts";
import { excerpt } from "../answer/text.ts";
import { Unjudged } from "../answer/unjudged.ts";

/** One value of the answer, named by its labels: `{code="500", instance="web-1"}`; empty for a scalar. */
export interface Series {
  readonly labels: string;
  readonly value: number;
}

const sample = z.tuple([z.number(), z.string()]);
const result = z.discriminatedUnion("resultType", [
  z.looseObject({ resultType: z.literal("scalar"), result: sample }),
  z.looseObject({
    resultType: z.literal("vector"),
    result: z.array(z.looseObject({ metric: z.record(z.string(), z.string()), value: sample.optional() })),
  }),
  z.looseObject({ resultType: z.enum(["matrix", "string"]) }),
]);
/** https://prometheus.io/docs/prometheus/latest/querying/api/ */
const answer = z.looseObject({
  status: z.enum(["success", "error"]),
  error: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  data: z.unknown().optional(),
});

const labelsOf = ({ __name__: name = "", ...labels }: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return pairs.length === 0 && name !== "" ? name : `${name}{${pairs.join(", ")}}`;
};

/** What is no number cannot be judged: NaN is 0/0, infinity a division by nothing. */
function seriesOf(labels: string, text: string | undefined): Series {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new Unjudged("unparsable", excerpt(`${labels} ${text ?? "histogram"}`.trim(), 120));
  return { labels: excerpt(labels, 200), value };
}

/** The values of an answer of `/api/v1/query`. Throws Unjudged for an error, a warning, or what holds no single numbers. */
export function readAnswer(body: unknown): readonly Series[] {
  const read = answer.safeParse(body);
  if (!read.success) throw new Unjudged("unparsable", "status, data");
  const { status, error = "", warnings = [], data } = read.data;
  if (status === "error") throw new Unjudged("bad-params", excerpt(error, 200));
  // Said where a part of the data could not be had.
  if (warnings.length > 0) throw new Unjudged("unparsable", excerpt(warnings.join("; "), 200));
  const found = result.safeParse(data);
  if (!found.success) throw new Unjudged("unparsable", "data.result");
  const { data: values } = found;
  if (values.resultType === "scalar") return [seriesOf("", values.result[1])];
  if (values.resultType === "vector")
    return values.result.map(({ metric, value }) => seriesOf(labelsOf(metric), value?.[1]));
  throw new Unjudged("bad-params", values.resultType);
}

/** The series that is worst for these bands: the highest, unless low values are bad; the first of equals. */
export const worstOf = (series: readonly Series[], bad: Bands["bad"]): Series | undefined =>
  series.toSorted((a, b) => (bad === "below" ? a.value - b.value : b.value - a.value))[0];
