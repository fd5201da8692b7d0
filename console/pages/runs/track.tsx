import type { ReactNode } from "react";
import type { Stretch } from "./timeline.ts";

interface Given {
  readonly frame: { readonly from: number; readonly until: number };
  readonly of: readonly Stretch[];
  /** It waited for people. */
  readonly waited?: boolean;
}

/** Striped as well: not told by its colour alone. */
const WAITED =
  "bg-[repeating-linear-gradient(135deg,var(--warn)_0_4px,var(--warn-t)_4px_8px)] outline outline-1 outline-warn";

const lookOf = ({ ending, undo }: Stretch): string => {
  if (ending === undefined) return "bg-wait animate-pulse";
  if (ending === "unknown") return "bg-unknown";
  if (ending !== "ok") return "bg-fail";
  return undo ? "bg-warn" : "bg-pass";
};

/** When within its run something went on. The words stand beside it. */
export function Track({ frame, of, waited = false }: Given): ReactNode {
  const all = frame.until - frame.from;
  return (
    <span aria-hidden="true" className="relative block h-2.5 basis-full overflow-hidden rounded bg-sunk">
      {of.map((one) => (
        <span
          key={`${one.from} ${one.until}`}
          className={`absolute inset-y-0 rounded-sm ${waited ? WAITED : lookOf(one)}`}
          style={{
            left: `${(Math.max(0, one.from - frame.from) / all) * 98}%`,
            width: `max(3px, ${((one.until - one.from) / all) * 98}%)`,
          }}
        />
      ))}
    </span>
  );
}
