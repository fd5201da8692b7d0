import type { AgreeSpec, BackupSpec, PartSpec } from "../../model/backup.ts";
import type { StepBody, StepSpec } from "../../model/runbook-spec.ts";

export const DAY_MS = 86_400_000;
export type Rest = Omit<StepSpec, "id" | "source" | "kind" | "with" | "undo">;

/** Steps of one set: all of them know where it lies. */
export const makeStep =
  ({ id, into, sudo, source }: BackupSpec) =>
  (name: string, kind: string, given: Readonly<Record<string, unknown>>, rest: Rest = {}, undoes = false): StepSpec => {
    const body: StepBody = { kind, with: { set: id, into, sudo, ...given } };
    return { ...rest, ...body, id: name, source, ...(undoes && { undo: { ...body, idempotent: true } }) };
  };

export const partsOf = (spec: BackupSpec) =>
  spec.parts.map(({ id, kind, with: params }) => ({ id, kind, with: params }));
export const whole = ({ id, kind, with: params }: PartSpec) => ({ part: id, kind, with: params });
export const pairName = ({ rows, files }: AgreeSpec): string => `agree-${rows}-${files}`;

/** Hours that bind whoever begins it. What is due every hour is not held to any. */
export const hoursOf = (
  { window, every }: Pick<BackupSpec, "window" | "every">,
  zone: string | undefined,
): { readonly from: string; readonly to: string; readonly zone: string } | undefined =>
  window && zone !== undefined && every !== "hourly" ? { ...window, zone } : undefined;

/** Second places, for the steps that bring a set from one of them. */
export const alsoOf = ({ also }: BackupSpec) =>
  also === undefined ? {} : { also: also.map(({ name, to }) => ({ ...(name !== undefined && { name }), to })) };
