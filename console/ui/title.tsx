import { useEffect, type ReactNode } from "react";

/** The page's heading, which also names the tab. */
export function Title({ children, aside }: { readonly children: string; readonly aside?: ReactNode }): ReactNode {
  useEffect(() => {
    document.title = `${children} · watchbook`;
  }, [children]);
  return (
    <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <h1 className="text-[1.6rem] leading-tight font-semibold tracking-tight">{children}</h1>
      {aside}
    </header>
  );
}
