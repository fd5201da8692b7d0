import { useId, type ReactNode } from "react";
import { INPUT } from "./field.tsx";

interface Given {
  readonly name: string;
  readonly label: string;
  readonly of: readonly { readonly value: string; readonly word: string }[];
}

/** One of a few, each with its word. */
export function Pick({ name, label, of }: Given): ReactNode {
  const id = useId();
  return (
    <div className="mb-3">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <select id={id} name={name} className={INPUT}>
        {of.map(({ value, word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
