import { lazy, Suspense, useState, type ReactNode } from "react";
import { series } from "../../api/queries.ts";
import { useRead } from "../../api/use.ts";
import { arrived } from "../../app/arrived.ts";
import { usePrefs } from "../../app/prefs.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { ValueTable } from "./value-table.tsx";

/** What draws weighs as much as this page: only for whoever looks. */
const Chart = lazy(async () => ({ default: (await arrived(() => import("./chart.tsx"))).Chart }));

/** Values of one check in the last 24 hours, drawn or as a table. */
export function Values({ id, title }: { readonly id: string; readonly title: string }): ReactNode {
  const { texts, theme, lang } = usePrefs();
  const { services: words, shell } = texts;
  const [table, setTable] = useState(false);
  return (
    <section aria-label={`${title}: ${words.values}`} className="mt-3">
      <Loaded of={useRead((lang) => series(lang, id))}>
        {(found) =>
          found.points.length === 0 ? (
            <Empty say={words.valuesNone} />
          ) : (
            <>
              <div className="mb-1 flex flex-wrap items-center justify-between gap-x-3">
                <h3 className="font-medium">{words.values}</h3>
                <Button onClick={() => setTable(!table)}>{table ? words.asChart : words.asTable}</Button>
              </div>
              {table ? (
                <ValueTable series={found} title={title} />
              ) : (
                <Suspense fallback={<p className="h-56 text-quiet">{shell.loading}</p>}>
                  <Chart key={`${theme} ${lang}`} series={found} title={title} />
                </Suspense>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}
