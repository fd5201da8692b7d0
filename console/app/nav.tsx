import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { PAGES } from "./pages.ts";
import { useTexts } from "./prefs.tsx";

const LINK =
  "plain flex min-h-9 items-center rounded-lg px-3 whitespace-nowrap text-ink hover:bg-sunk aria-[current=page]:bg-pass-t aria-[current=page]:font-semibold aria-[current=page]:text-accent";

/** The pages: a column on a wide screen, a row that scrolls on a phone. */
export function Nav(): ReactNode {
  const { shell } = useTexts();
  return (
    <nav aria-label={shell.navigation} className="-mx-1 overflow-x-auto wide:mx-0 wide:w-50 wide:shrink-0">
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
