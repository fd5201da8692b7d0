import type { ChangeKind } from "../../../src/model/change.ts";
import type { ChangesAsked } from "../../api/changes.ts";

const KINDS = {
  release: true,
  rollback: true,
  restore: true,
  failover: true,
  restart: true,
  procedure: true,
  backup: true,
  book: true,
  refused: true,
} as const satisfies Record<ChangeKind, true>;
export const ALL_KINDS = Object.keys(KINDS) as readonly ChangeKind[];

const HOUR = 3_600_000;
/** Milliseconds back; null: to the beginning. */
const SPANS = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR, month: 720 * HOUR, ever: null } as const;
export type Since = keyof typeof SPANS;
export const SINCE = Object.keys(SPANS) as readonly Since[];

/** Filters as the address has them. */
export interface Filters {
  readonly kind?: ChangeKind;
  readonly service?: string;
  readonly environment?: string;
  readonly since?: Since;
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** What of an address is a filter; anything else in it is no filter. */
export function filtersIn({ kind, service, environment, since }: Record<string, unknown>): Filters {
  const [known, span] = [ALL_KINDS.find((one) => one === kind), SINCE.find((one) => one === since)];
  const [of, where] = [textIn(service), textIn(environment)];
  return {
    ...(known !== undefined && { kind: known }),
    ...(of !== undefined && { service: of }),
    ...(where !== undefined && { environment: where }),
    ...(span !== undefined && { since: span }),
  };
}

/** What is asked for at `now`, milliseconds since the epoch; to the minute, so that the same question is asked twice alike. */
export function askedBy({ since = "ever", ...rest }: Filters, now: number): ChangesAsked {
  const span = SPANS[since];
  return span === null ? rest : { ...rest, from: Math.floor((now - span) / 60_000) * 60_000 };
}
