import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState, type ReactNode } from "react";
import { arrived } from "./arrived.ts";
import { Bar } from "./bar.tsx";
import { useKeys } from "./keys.ts";
import { useFollow } from "./live.ts";
import { Nav } from "./nav.tsx";
import { usePrefs } from "./prefs.tsx";
import { Gone } from "./seen.tsx";

const Palette = lazy(() => arrived(() => import("./palette.tsx")));
const Sheet = lazy(() => arrived(() => import("./sheet.tsx")));

/** Around every page: header, navigation, palette, keys, and the stream that keeps it fresh. */
export function Shell(): ReactNode {
  const { texts, keys } = usePrefs();
  const [open, setOpen] = useState<"palette" | "sheet">();
  const search = useCallback(() => setOpen("palette"), []);
  const sheet = useCallback(() => setOpen("sheet"), []);
  const close = useCallback(() => setOpen(undefined), []);
  useFollow();
  useKeys({ letters: keys, search, sheet });
  return (
    <div className="mx-auto max-w-[84rem] px-3 pt-3 pb-16 wide:px-6">
      <a href="#main" className="sr-only focus:not-sr-only">
        {texts.shell.skip}
      </a>
      <Bar onSearch={search} />
      <div className="flex flex-col gap-3 wide:flex-row wide:gap-6">
        <Nav />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Gone />
          <Outlet />
        </main>
      </div>
      <Suspense>
        {open === "palette" && <Palette onClose={close} onSheet={sheet} />}
        {open === "sheet" && <Sheet onClose={close} />}
      </Suspense>
    </div>
  );
}
