import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import type { AuditShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";

/** Height of an entry before it is measured, CSS pixels. */
const HEIGHT = 58;

/** Entries of the audit log; only those in sight are drawn. */
export function AuditLines({ entries }: { readonly entries: readonly AuditShown[] }): ReactNode {
  const { settings } = useTexts();
  const { audit: words } = settings;
  const frame = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled by React's compiler
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => frame.current,
    estimateSize: () => HEIGHT,
    getItemKey: (index) => entries[index]?.seq ?? index,
    overscan: 10,
  });
  if (entries.length === 0) return <Empty say={words.none} />;
  return (
    <div
      ref={frame}
      role="region"
      aria-label={words.list}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard too
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-lg border border-line"
    >
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            className="absolute top-0 left-0 w-full border-b border-line px-3 py-2"
            style={{ transform: `translateY(${start}px)` }}
          >
            {entries[index] !== undefined && <Line entry={entries[index]} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One entry: when, who, what, to what, how it ended and why. */
function Line({ entry }: { readonly entry: AuditShown }): ReactNode {
  const { settings } = useTexts();
  const { audit: words } = settings;
  const { at, person, action, object, outcome, code, reason, address, omitted, seq } = entry;
  const rest = [reason, code, address, omitted && format(words.omitted, { count: omitted })].filter(Boolean);
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <span className="figures text-quiet">{seq}</span>
        <Moment at={at} />
        <span className="font-medium">{person || words.nobody}</span>
        <code>{action}</code>
        <span className="min-w-0 break-all">{object}</span>
        <Badge state={outcome} word={settings.outcomes[outcome]} />
      </p>
      <p className="text-[0.88rem] break-words text-quiet">{rest.join(" · ")}</p>
    </>
  );
}
