import type { ReactNode, TextareaHTMLAttributes } from "react";
import { INPUT, Labelled } from "./labelled.tsx";

interface Given extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string;
  readonly hint?: string | undefined;
}

/** Some lines to type into. */
export const Area = ({ label, hint, className = "", ...rest }: Given): ReactNode => (
  <Labelled label={label} hint={hint}>
    {(id, below) => (
      <textarea id={id} rows={4} aria-describedby={below} className={`${INPUT} ${className}`} {...rest} />
    )}
  </Labelled>
);
