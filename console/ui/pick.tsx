import type { ReactNode } from "react";
import { INPUT, Labelled } from "./labelled.tsx";

/** What is sent when it is chosen, and its word. */
export interface Option {
  readonly value: string;
  readonly word: string;
}

interface Given {
  readonly name: string;
  readonly label: string;
  readonly of: readonly Option[];
  /** Chosen at first; absent: the first one. */
  readonly start?: string | undefined;
}

/** Options whose values are their words. */
export const plainOptions = (values: readonly string[]): readonly Option[] =>
  values.map((value) => ({ value, word: value }));

/** One of a few. */
export const Pick = ({ name, label, of, start }: Given): ReactNode => (
  <Labelled label={label}>
    {(id) => (
      <select id={id} name={name} defaultValue={start} className={INPUT}>
        {of.map(({ value, word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    )}
  </Labelled>
);
