import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "../../api/session.ts";
import { SETTINGS } from "../../app/pages.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";
import { Title } from "../../ui/title.tsx";

interface Given {
  readonly part: (typeof SETTINGS)[number]["id"];
  readonly children: ReactNode;
}

/** A part of the settings, with the way to the others. What belongs to administrators says so to others. */
export function Frame({ part, children }: Given): ReactNode {
  const { settings: words } = useTexts();
  const now = useSession();
  const guarded = part === "people" || part === "audit";
  const may = now?.roles.includes("administrator") === true;
  return (
    <>
      <Title>{words.title}</Title>
      <nav aria-label={words.parts.label} className="mb-4 flex flex-wrap gap-x-1.5 gap-y-1">
        {SETTINGS.map(({ id, path }) => (
          <Link
            key={id}
            to={path}
            activeOptions={{ exact: true }}
            aria-current={id === part ? "page" : undefined}
            className={`plain inline-flex min-h-9 items-center rounded-lg px-3 ${id === part ? "bg-sunk font-semibold" : "hover:bg-sunk"}`}
          >
            {words.parts[id]}
          </Link>
        ))}
      </nav>
      {guarded && now !== undefined && !may ? (
        <Section title={words.parts[part]}>
          <Empty say={words.notYours} fix={words.notYoursFix} />
        </Section>
      ) : (
        children
      )}
    </>
  );
}
