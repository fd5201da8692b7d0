import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { hits } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Place } from "../../ui/place.tsx";
import { Section } from "../../ui/section.tsx";

/** What the manual says about a query: where to look, which file, what to do. */
export function Found({ query }: { readonly query: string }): ReactNode {
  const { manual: words } = useTexts();
  const now = useRead((lang) => hits(lang, query));
  return (
    <Section title={words.results} aside={now.data?.hits.length}>
      <Loaded of={now}>
        {({ hits: all }) => (
          <>
            {all.length === 0 && <Empty say={format(words.none, { query })} fix={words.noneFix} />}
            <ul>
              {all.map(({ kind, title, look, action, source }) => (
                <li
                  key={`${kind} ${source.file}:${source.line} ${title}`}
                  className="border-t border-line py-2 first:border-0 first:pt-0"
                >
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <Link
                      data-row
                      to="/manual/file/$"
                      params={{ _splat: source.file }}
                      hash={`L${source.line}`}
                      className="font-medium"
                    >
                      {title}
                    </Link>
                    <span className="text-[0.85rem] text-quiet">{words.kinds[kind]}</span>
                  </p>
                  {look !== "" && (
                    <p>
                      <span className="text-quiet">{words.look} </span>
                      {look}
                    </p>
                  )}
                  {action !== "" && (
                    <p>
                      <span className="text-quiet">{words.act} </span>
                      {action}
                    </p>
                  )}
                  <Place source={source} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Section>
  );
}
