import type { Lang } from "./lang.ts";

/** What watchbook says of itself, once, through a channel. */
export type OwnSaid =
  /** It was down; times in milliseconds since the epoch, titles of duties that fell due meanwhile. */
  | { readonly kind: "down"; readonly from: number; readonly to: number; readonly missed: readonly string[] }
  /** Somebody has taken an operator's rights for a while, or has them no more (`ended`). Milliseconds since the epoch. */
  | {
      readonly kind: "emergency";
      readonly id: string;
      readonly person: string;
      readonly reason: string;
      readonly until: number;
      readonly ended?: number | undefined;
      readonly second?: string | undefined;
    }
  /** Somebody tries the channel, or the trial is over; `id` ties the two. */
  | {
      readonly kind: "trial";
      readonly id: string;
      readonly channel: string;
      readonly by: string;
      readonly lang: Lang;
      readonly over?: true;
    }
  /** It lives. */
  | { readonly kind: "beat" };
