import type { InputHTMLAttributes, ReactNode } from "react";
import { INPUT, Labelled } from "./labelled.tsx";

interface Given extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string | undefined;
}

/** A line to type into. */
export const Field = ({ label, hint, ...rest }: Given): ReactNode => (
  <Labelled label={label} hint={hint}>
    {(id, below) => <input id={id} aria-describedby={below} className={INPUT} {...rest} />}
  </Labelled>
);
