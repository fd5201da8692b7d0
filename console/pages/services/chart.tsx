import { useEffect, useRef, type ReactNode } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Series } from "../../../src/api/contract.ts";
import { useFigure } from "../../app/figure.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { optionsOf, type Colours } from "./chart-options.ts";
import { linesOf } from "./lines.ts";

/** The palette's colours as the browser has them now: canvas knows no variables. */
function coloursOf(element: HTMLElement): Colours {
  const of = (name: string): string => {
    element.style.color = `var(--${name})`;
    return getComputedStyle(element).color;
  };
  const [line, ink, quiet, grid] = [of("accent"), of("ink"), of("quiet"), of("line")];
  const colours = { line, ink, quiet, grid, warn: of("warn"), critical: of("fail") };
  element.style.color = "";
  return colours;
}

/** Drawn anew for other colours or another language: by its key. Values against time, with the limits of the check. For whoever cannot see it: what it shows, and a table beside it. */
export function Chart({ series, title }: { readonly series: Series; readonly title: string }): ReactNode {
  const { services: words } = useTexts();
  const figure = useFigure();
  const times = useTimes();
  const place = useRef<HTMLDivElement>(null);
  const sayings = useRef({ figure, times });
  useEffect(() => {
    sayings.current = { figure, times };
  });
  useEffect(() => {
    const frame = place.current;
    if (frame === null) return undefined;
    const say = {
      value: (value: number) => sayings.current.figure(value, series.unit),
      at: (ms: number) => sayings.current.times.at(ms),
    };
    const made = new uPlot(
      optionsOf(series, coloursOf(frame), frame.clientWidth, say),
      linesOf(series) as uPlot.AlignedData,
      frame,
    );
    const fit = new ResizeObserver(() => made.setSize({ width: frame.clientWidth, height: made.height }));
    fit.observe(frame);
    return () => {
      fit.disconnect();
      made.destroy();
    };
  }, [series]);
  const { points, unit, from, to } = series;
  const said = format(words.chart, {
    title,
    from: times.at(from),
    to: times.at(to),
    min: figure(Math.min(...points.map(({ min }) => min)), unit),
    max: figure(Math.max(...points.map(({ max }) => max)), unit),
    last: figure(points.at(-1)?.mean ?? 0, unit),
  });
  return <div ref={place} role="img" aria-label={said} className="w-full overflow-hidden" />;
}
