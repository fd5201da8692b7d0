import { useId, type ReactNode } from "react";
import { INPUT } from "../../ui/field.tsx";

interface Given {
  readonly name: string;
  readonly label: string;
  readonly of: readonly string[];
  readonly start?: string | undefined;
}

/** One of a few. */
export function Choice({ name, label, of, start }: Given): ReactNode {
  const id = useId();
  return (
    <div className="mb-3">
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      <select id={id} name={name} defaultValue={start} className={INPUT}>
        {of.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </div>
  );
}
