import { useId, type ReactNode, type TextareaHTMLAttributes } from "react";
import { INPUT } from "./field.tsx";

interface Given extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string;
}

/** Some lines to type into, with their name above. */
export function Area({ label, ...rest }: Given): ReactNode {
  const id = useId();
  return (
    <div className="mb-3">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <textarea id={id} rows={4} className={INPUT} {...rest} />
    </div>
  );
}
