import type { ReactNode } from "react";
import type { ManualShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";

/** Headings of a document, as the way to them. */
export function Contents({ sections }: Pick<ManualShown, "sections">): ReactNode {
  const { manual: words } = useTexts();
  if (sections.length < 2) return null;
  return (
    <nav
      aria-label={words.contents}
      className="order-first max-h-[80dvh] overflow-auto text-[0.9rem] wide:sticky wide:top-4 wide:order-none"
    >
      <ul>
        {sections.map(({ line, depth, title }) => (
          <li key={line} className="py-0.5" style={{ paddingInlineStart: `${Math.max(0, depth - 1) * 0.75}rem` }}>
            <a href={`#L${line}`} className="plain hover:underline">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
