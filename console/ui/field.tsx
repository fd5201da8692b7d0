import { useId, type InputHTMLAttributes, type ReactNode } from "react";

interface Given extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
}

export const INPUT = "w-full min-h-9 rounded-lg border border-edge bg-ground px-3 py-1.5 placeholder:text-quiet";

/** A line to type into, with its name above and what to know about it below. */
export function Field({ label, hint, ...rest }: Given): ReactNode {
  const id = useId();
  return (
    <div className="mb-3">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <input id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} className={INPUT} {...rest} />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-[0.88rem] text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
