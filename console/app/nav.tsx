import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { PAGES } from "./pages.ts";
import { useTexts } from "./prefs.tsx";

const LINK =
  "plain flex min-h-9 items-center rounded-lg px-3 whitespace-nowrap text-ink hover:bg-sunk aria-[current=page]:bg-pass-t aria-[current=page]:font-semibold aria-[current=page]:text-accent";

/** Where the row is narrower than its pages, the present one is brought to its middle. */
function showCurrent(row: HTMLElement | null, page: string): void {
  const current = row && [...row.querySelectorAll("a")].find((link) => link.getAttribute("href") === page);
  if (!row || !current) return;
  const { left, width } = current.getBoundingClientRect();
  row.scrollLeft += left + width / 2 - row.getBoundingClientRect().left - row.clientWidth / 2;
}

/** The pages: a column on a wide screen, a row that scrolls on a phone. */
export function Nav(): ReactNode {
  const { shell } = useTexts();
  const { pathname } = useLocation();
  const row = useRef<HTMLElement>(null);
  const page = `/${pathname.split("/")[1] ?? ""}`;
  useEffect(() => showCurrent(row.current, page), [page]);
  return (
    <nav ref={row} aria-label={shell.navigation} className="-mx-1 overflow-x-auto wide:mx-0 wide:w-50 wide:shrink-0">
      <ul className="flex gap-0.5 p-1 wide:sticky wide:top-4 wide:flex-col">
        {PAGES.map(({ id, path }) => (
          <li key={id}>
            <Link to={path} activeOptions={{ exact: path === "/" }} className={LINK}>
              {shell.pages[id]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
