import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import type { RunRecord } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";
import { RunRow } from "./row.tsx";

/** Above this number only those in sight are drawn. */
const MANY = 60;

/** Runs that ended, newest first. */
export function Past({ runs }: { readonly runs: readonly RunRecord[] }): ReactNode {
  const { runs: words } = useTexts();
  return (
    <Section title={words.past} aside={runs.length}>
      {runs.length === 0 && <Empty say={words.pastNone} />}
      {runs.length > MANY ? (
        <Long runs={runs} />
      ) : (
        <ul>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Long({ runs }: { readonly runs: readonly RunRecord[] }): ReactNode {
  const { runs: words } = useTexts();
  const frame = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled by React's compiler
  const rows = useVirtualizer({
    count: runs.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 62,
    overscan: 8,
  });
  return (
    <div
      ref={frame}
      role="region"
      aria-label={words.past}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard too
      tabIndex={0}
      className="max-h-[70vh] overflow-auto"
    >
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => (
          <RunRow
            key={key}
            run={runs[index]!}
            style={{ position: "absolute", top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
          />
        ))}
      </ul>
    </div>
  );
}
