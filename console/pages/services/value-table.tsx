import type { ReactNode } from "react";
import type { Series } from "../../../src/api/contract.ts";
import { useFigure } from "../../app/figure.ts";
import { useTexts } from "../../app/prefs.tsx";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Moment } from "../../ui/moment.tsx";

/** The values of a chart in rows, newest first. */
export function ValueTable({ series, title }: { readonly series: Series; readonly title: string }): ReactNode {
  const { services: words } = useTexts();
  const figure = useFigure();
  const { table } = words;
  const caption = format(table.caption, { title });
  return (
    // What is longer or wider than its place is scrolled, also by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={caption}>
      <table className="figures w-full text-[0.9rem]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-left text-quiet">
            {(["at", "min", "mean", "max", "worst"] as const).map((name) => (
              <th key={name} scope="col" className="sticky top-0 bg-card py-1 pr-3 font-normal">
                {table[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.points.toReversed().map(({ at, min, mean, max, worst }) => (
            <tr key={at} className="border-t border-line">
              <th scope="row" className="py-1 pr-3 text-left font-normal">
                <Moment at={at} />
              </th>
              {[min, mean, max].map((value, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- lowest, mean, highest
                <td key={index} className="pr-3 whitespace-nowrap">
                  {figure(value, series.unit)}
                </td>
              ))}
              <td>{worst !== null && <Badge state={worst} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
