import type { NodeName, Place } from "../stack/place.ts";

/** Something that goes wrong, done for real, and how it is mended. Both resolve when the effect can be seen. */
export interface Fault {
  /** Whole number it takes: the usual one, the least and the most that make sense. */
  readonly value?: { readonly usual: number; readonly least: number; readonly most: number };
  apply(place: Place, node: NodeName, value: number): Promise<void>;
  /** Mends it. Where nothing is broken it does nothing. */
  undo(place: Place, node: NodeName): Promise<void>;
}
