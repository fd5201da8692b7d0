import { useId, type ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { INPUT } from "../../ui/field.tsx";

const HOUR = 3_600_000;
const SPANS = { h1: HOUR, h4: 4 * HOUR, h8: 8 * HOUR, d1: 24 * HOUR, d3: 72 * HOUR } as const;

/** For how long; its value in the form is milliseconds, under `forMs`. */
export function Span(): ReactNode {
  const { alerts: words } = useTexts();
  const id = useId();
  return (
    <div className="mb-3">
      <label htmlFor={id} className="mb-1 block font-medium">
        {words.hours}
      </label>
      <select id={id} name="forMs" defaultValue={SPANS.h4} className={INPUT}>
        {(Object.keys(SPANS) as (keyof typeof SPANS)[]).map((name) => (
          <option key={name} value={SPANS[name]}>
            {words.span[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
