import type { ReactNode } from "react";
import { useTexts } from "../app/prefs.tsx";
import { Refusal } from "./refusal.tsx";

interface Given<T> {
  readonly of: { readonly data: T | undefined; readonly error: unknown };
  readonly children: (data: T) => ReactNode;
}

/** What is drawn of a query: its data, also while it is asked again in vain; else why there are none. */
export function Loaded<T>({ of: { data, error }, children }: Given<T>): ReactNode {
  const { shell } = useTexts();
  if (data !== undefined) return children(data);
  if (error !== null && error !== undefined) return <Refusal error={error} />;
  return <p className="py-1 text-quiet">{shell.loading}</p>;
}
