import type { InboundKind } from "../../../model/inbound.ts";
import type { OutsideTold } from "../../../model/outside.ts";
import type { Untold } from "../told.ts";

/**
 * One payload that another system posts. Pure: undefined for what is not a payload of this kind; whatever is in one must
 * not make it throw. A trial that somebody sends from the other side is a payload without alerts.
 */
export interface InboundFormat {
  readonly kind: InboundKind;
  /** `now`: milliseconds since the epoch. */
  read(payload: unknown, now: number): readonly (OutsideTold | Untold)[] | undefined;
}
