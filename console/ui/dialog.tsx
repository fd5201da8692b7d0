import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useTexts } from "../app/prefs.tsx";

interface Given {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Near the top and wide, for what is typed into; else in the middle. */
  readonly high?: boolean;
  readonly children: ReactNode;
}

/** Into the field that is to be typed into, where there is one; else the first control. */
function focusFirst(event: Event): void {
  const first = event.target instanceof HTMLElement ? event.target.querySelector("[data-first]") : null;
  if (!(first instanceof HTMLElement)) return;
  event.preventDefault();
  first.focus();
}

/** What must be answered or closed before anything else. Gives the focus back to where it came from. */
export function Dialog({ open, onClose, title, high = false, children }: Given): ReactNode {
  const { shell } = useTexts();
  return (
    <Radix.Root open={open} onOpenChange={(is) => is || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.45)]" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirst}
          className={`fixed left-1/2 z-50 max-h-[88dvh] w-[min(42rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-auto rounded-xl border border-line bg-card p-4 shadow-xl ${high ? "top-[6vh]" : "top-1/2 -translate-y-1/2"}`}
        >
          <header className="mb-3 flex items-center justify-between gap-4">
            <Radix.Title className="text-[1.1rem] font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label={shell.close}
              className="inline-flex size-9 cursor-pointer items-center justify-center rounded-lg hover:bg-sunk"
            >
              <span aria-hidden="true">✕</span>
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
