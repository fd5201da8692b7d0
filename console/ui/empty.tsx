import type { ReactNode } from "react";

/** Nothing is here: why, and what to do next. */
export function Empty({ say, fix, children }: { say: string; fix?: string; children?: ReactNode }): ReactNode {
  return (
    <div className="py-1 text-quiet">
      <p>{say}</p>
      {fix !== undefined && <p className="mt-0.5">{fix}</p>}
      {children}
    </div>
  );
}
