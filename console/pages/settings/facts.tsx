import type { ReactNode } from "react";

/** Names and what is known of them. */
export function Facts({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <dl className="grid grid-cols-1 gap-x-5 gap-y-1 wide:grid-cols-[minmax(8rem,auto)_minmax(0,1fr)]">{children}</dl>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="mb-1 min-w-0 [overflow-wrap:anywhere] wide:mb-0">{children}</dd>
    </>
  );
}
