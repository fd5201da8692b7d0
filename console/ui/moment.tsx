import type { ReactNode } from "react";
import { useTimes } from "../app/times.ts";

/** A moment, short, its whole form when pointed at. Milliseconds since the epoch. */
export function Moment({ at }: { readonly at: number }): ReactNode {
  const times = useTimes();
  return (
    <time dateTime={new Date(at).toISOString()} title={times.whole(at)} className="whitespace-nowrap">
      {times.at(at)}
    </time>
  );
}
