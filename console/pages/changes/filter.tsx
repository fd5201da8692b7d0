import { useId, type ReactNode } from "react";
import { INPUT } from "../../ui/labelled.tsx";

interface Given {
  readonly label: string;
  /** Absent: the first choice. */
  readonly value: string | undefined;
  /** Value and word; the value "" stands for no filter. */
  readonly of: readonly (readonly [string, string])[];
  readonly onChoose: (value: string | undefined) => void;
}

/** One filter of a list. */
export function Filter({ label, value = "", of, onChoose }: Given): ReactNode {
  const id = useId();
  return (
    <div className="min-w-0 flex-1 basis-36">
      <label htmlFor={id} className="mb-0.5 block text-[0.88rem] text-quiet">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChoose(target.value === "" ? undefined : target.value)}
        className={INPUT}
      >
        {of.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
