import { annotationsFrom, fingerprintOf, labelsFrom, type OutsideTold } from "../../model/outside.ts";
import { momentOf, pageOf, recordOf } from "./moment.ts";

/** Why one alert of a payload is none. */
export type Untold = "labels" | "annotations" | "times";

export const isUntold = (told: OutsideTold | Untold): told is Untold => typeof told === "string";
export const isTold = (told: OutsideTold | Untold): told is OutsideTold => typeof told !== "string";

/**
 * One alert as Alertmanager's API and the webhooks that follow it have them: `labels`, `annotations`, `startsAt`, `endsAt`,
 * `generatorURL`. `ends`: an end that lies ahead is when it counts as over (of the API; webhooks say so by `status`).
 */
export function toldFrom(given: unknown, now: number, ends: boolean): OutsideTold | Untold {
  const raw = recordOf(given);
  const labels = raw && labelsFrom(raw["labels"]);
  if (!raw || !labels || Object.keys(labels).length === 0) return "labels";
  const annotations = annotationsFrom(raw["annotations"]);
  if (!annotations) return "annotations";
  const [began, until] = [momentOf(raw["startsAt"]), momentOf(raw["endsAt"])];
  if (began === null || until === null || (began !== undefined && until !== undefined && began > until)) return "times";
  const firing = ends ? until === undefined || until > now : raw["status"] !== "resolved";
  const page = pageOf(raw["generatorURL"]);
  return {
    ...{ labels, annotations, firing, fingerprint: fingerprintOf(raw["labels"] as object) },
    ...(began !== undefined && { began }),
    ...(ends && firing && until !== undefined && { until }),
    ...(page !== undefined && { page }),
  };
}

/** What a webhook says of each of its alerts; undefined for no list, or one in which nothing has the labels of an alert. */
export function allFrom(given: unknown, now: number): readonly (OutsideTold | Untold)[] | undefined {
  if (!Array.isArray(given)) return undefined;
  const read = given.map((one) => toldFrom(one, now, false));
  return read.length > 0 && read.every((one) => one === "labels") ? undefined : read;
}
