import type { ReactNode } from "react";
import type { useAct } from "../../api/session.ts";
import { Button } from "../../ui/button.tsx";

interface Given {
  readonly head: ReactNode;
  readonly line: string;
  /** Word of the button, and its name for whoever does not see which row it stands in. */
  readonly end: string;
  readonly endOf: string;
  readonly path: string;
  readonly acting: ReturnType<typeof useAct>;
}

/** Something that acts in one's name, and the end of it. */
export const Endable = ({ head, line, end, endOf, path, acting }: Given): ReactNode => (
  <li className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-2 first:border-0 first:pt-0">
    <div className="min-w-0 flex-1 basis-64">
      <p className="flex flex-wrap items-center gap-2">{head}</p>
      <p className="text-[0.9rem] text-quiet">{line}</p>
    </div>
    <Button disabled={acting.isPending} aria-label={endOf} onClick={() => acting.mutate({ path, method: "DELETE" })}>
      {end}
    </Button>
  </li>
);
