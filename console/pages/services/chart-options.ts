import type uPlot from "uplot";
import type { Series } from "../../../src/api/contract.ts";
import { limitsOf } from "./lines.ts";

export type Colours = Readonly<Record<"line" | "ink" | "quiet" | "grid" | "warn" | "critical", string>>;

/** How figures and moments are said. */
export interface Sayings {
  value(value: number): string;
  /** Milliseconds since the epoch. */
  at(ms: number): string;
}

const HEIGHT = 220;
const FONT = "12px system-ui, sans-serif";
/** What a mark of the lower axis needs, pixels. */
const APART = 110;

/** How a chart of one check is drawn: a band from lowest to highest, the mean in it, limits dashed. */
export function optionsOf(series: Series, colours: Colours, width: number, say: Sayings): uPlot.Options {
  const limits = limitsOf(series);
  const axis = { stroke: colours.quiet, font: FONT, grid: { stroke: colours.grid, width: 1 }, ticks: { show: false } };
  const thin = { stroke: "transparent", points: { show: false } };
  const reach = limits.map(([, at]) => at);
  return {
    width: Math.max(200, width),
    height: HEIGHT,
    padding: [12, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: () => [series.from / 1_000, series.to / 1_000] },
      y: { range: (_, low, high) => span(Math.min(low, ...reach), Math.max(high, ...reach)) },
    },
    axes: [
      { ...axis, size: 28, space: APART, values: (_, splits) => splits.map((at) => say.at(at * 1_000)) },
      { ...axis, size: 74, values: (_, splits) => splits.map((value) => say.value(value)) },
    ],
    series: [
      {},
      thin,
      thin,
      { stroke: colours.line, width: 2, points: { show: series.points.length < 60, size: 5 } },
      ...limits.map(([name]) => ({ stroke: colours[name], width: 1.5, dash: [6, 4], points: { show: false } })),
    ],
    bands: [{ series: [2, 1], fill: transparent(colours.line) }],
  };
}

/** A little room above and below; never a height of nothing. */
function span(low: number, high: number): [number, number] {
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}

/** A fifth of an opaque colour, as `getComputedStyle` says it. */
const transparent = (colour: string): string => `color-mix(in srgb, ${colour} 20%, transparent)`;
