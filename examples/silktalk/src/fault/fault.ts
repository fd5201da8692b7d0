import type { NodeName, Place } from "../stack/place.ts";

/** Something that goes wrong, done for real, and how it is mended. Both resolve when the effect can be seen. */
export interface Fault {
  readonly does: string;
  /** Number it takes, with the usual one. */
  readonly value?: { readonly name: string; readonly usual: number };
  apply(place: Place, node: NodeName, value: number): Promise<void>;
  undo(place: Place, node: NodeName): Promise<void>;
}
