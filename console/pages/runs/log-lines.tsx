import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { LogPart } from "../../api/log.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Empty } from "../../ui/empty.tsx";
import { linesOf } from "./lines.ts";

/** Height of a line, CSS pixels. */
const HEIGHT = 21;

interface Given {
  readonly body: LogPart;
  readonly growing: boolean;
  /** Its end is shown first, else its beginning. */
  readonly atEnd: boolean;
}

/** Lines of an output, only those in sight drawn; and while it grows what comes. */
export function Lines({ body, growing, atEnd }: Given): ReactNode {
  const { runs: words } = useTexts();
  const [following, setFollowing] = useState(atEnd);
  const frame = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(body.text), [body.text]);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled by React's compiler
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    overscan: 20,
  });
  const count = lines.length;
  useEffect(() => {
    if (following && count > 0) rows.scrollToIndex(count - 1);
    // Where it ends says that something came; older lines that come do not lead away from what is being read.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [following, body.next, rows]);
  const first = useRef(body.line);
  useEffect(() => {
    if (frame.current) frame.current.scrollTop += (first.current - body.line) * HEIGHT;
    first.current = body.line;
  }, [body.line]);
  if (lines.length === 0) return <Empty say={words.logNone} />;
  return (
    <>
      <div
        ref={frame}
        role="log"
        aria-label={words.log}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard too
        tabIndex={0}
        className="max-h-[28rem] overflow-auto rounded-lg bg-sunk py-2 font-mono text-[0.86rem] leading-[21px]"
      >
        <div className="relative w-max min-w-full" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index, start }) => (
            <div
              key={key}
              className="absolute top-0 left-0 flex w-max min-w-full whitespace-pre"
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="w-14 shrink-0 pr-3 text-right text-quiet select-none">{body.line + index}</span>
              <span>{lines[index]}</span>
            </div>
          ))}
        </div>
      </div>
      <p className="mt-1.5 flex flex-wrap items-center gap-3 text-[0.88rem] text-quiet">
        {body.next < body.size
          ? format(words.logPart, { line: body.line, last: body.line + count - 1, bytes: body.size })
          : format(words.logEnd, { line: body.line, bytes: body.size })}
        {growing && (
          <label className="flex items-center gap-1.5">
            <input type="checkbox" checked={following} onChange={({ target }) => setFollowing(target.checked)} />
            {words.follow}
          </label>
        )}
      </p>
    </>
  );
}
