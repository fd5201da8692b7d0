import { useEffect } from "react";
import { useNavigate } from "@tanstack/react-router";
import { PAGES } from "./pages.ts";

/** After `g` a letter is waited for, milliseconds. */
const PATIENCE = 1_500;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Puts the focus on the row after or before the one that has it. Rows are links or buttons with `data-row`. */
function move(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")];
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = at < 0 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  rows[next]?.focus();
}

interface Given {
  /** Keys of one letter are heard. */
  readonly letters: boolean;
  readonly search: () => void;
  readonly sheet: () => void;
}

/** Keys that hold on every page: Ctrl+K, `g` and a letter, `j`, `k`, `?`. Not while something is typed or a dialog is open. */
export function useKeys({ letters, search, sheet }: Given): void {
  const navigate = useNavigate();
  useEffect(() => {
    let went = Number.NEGATIVE_INFINITY;
    const hear = (event: KeyboardEvent): void => {
      const { key } = event;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "k") {
        event.preventDefault();
        return search();
      }
      if (!letters || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (typing(event.target) || document.querySelector("[role=dialog]") !== null) return;
      if (event.timeStamp - went < PATIENCE) {
        went = Number.NEGATIVE_INFINITY;
        const page = PAGES.find((one) => one.key === key);
        if (page !== undefined) void navigate({ to: page.path });
        return;
      }
      if (key === "g") went = event.timeStamp;
      else if (key === "j") move(1);
      else if (key === "k") move(-1);
      else if (key === "?") sheet();
    };
    addEventListener("keydown", hear);
    return () => removeEventListener("keydown", hear);
  }, [letters, search, sheet, navigate]);
}
