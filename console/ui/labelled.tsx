import { useId, type ReactNode } from "react";

interface Given {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Draws the control; `hint`: id of what is to be known about it. */
  readonly children: (id: string, hint: string | undefined) => ReactNode;
}

export const INPUT = "w-full min-h-9 rounded-lg border border-edge bg-ground px-3 py-1.5 placeholder:text-quiet";

/** A control with its name above and what to know about it below. */
export function Labelled({ label, hint, children }: Given): ReactNode {
  const id = useId();
  const below = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="mb-3">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {children(id, below)}
      {hint !== undefined && (
        <p id={below} className="mt-1 text-[0.88rem] text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
