import { useEffect, useId, useRef, type ReactNode } from "react";

interface Given {
  readonly title: string;
  /** Beside the title, quiet: a count, a link. */
  readonly aside?: ReactNode;
  /** Its own address on the page. */
  readonly at?: string;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Section({ title, aside, at, children }: Given): ReactNode {
  const id = useId();
  const own = useRef<HTMLElement>(null);
  // What the address names may be drawn only after its data have come.
  useEffect(() => {
    if (at !== undefined && decodeURIComponent(location.hash.slice(1)) === at) own.current?.scrollIntoView();
  }, [at]);
  return (
    <section
      ref={own}
      id={at}
      aria-labelledby={id}
      className="mb-5 rounded-xl border border-line bg-card px-4 py-4 wide:px-5"
    >
      <header className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <h2 id={id} className="text-[1.02rem] font-semibold">
          {title}
        </h2>
        {aside !== undefined && <div className="text-[0.88rem] text-quiet">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
