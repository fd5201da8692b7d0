import { html } from "hono/html";
import type { Bands } from "../../model/check.ts";
import type { Markup } from "./parts.ts";

const WIDTH = 120;

/** Right end of the scale: the value and every limit fit, with a fifth to spare. */
function scaleOf(value: number, bands: Bands): number {
  const limits = [bands.normal, bands.warn, bands.critical].filter((limit) => limit !== undefined);
  return Math.max(value, ...limits, Number.EPSILON) * 1.2;
}

/**
 * A value between its limits as a small drawing: tinted zones and a marker. Undefined when there is nothing to draw
 * against. Decoration: the figures stand beside it in words.
 */
export function gauge(value: number, bands: Bands): Markup | undefined {
  if (bands.warn === undefined && bands.critical === undefined) return undefined;
  if (value < 0 || !Number.isFinite(value)) return undefined;
  const scale = scaleOf(value, bands);
  const x = (at: number): number => Math.round((Math.min(Math.max(at, 0), scale) / scale) * WIDTH * 10) / 10;
  const zone = (from: number, to: number, kind: string): Markup | string =>
    to > from
      ? html`<rect
          class="zone-${kind}"
          x="${x(from)}"
          width="${Math.round((x(to) - x(from)) * 10) / 10}"
          y="3"
          height="6"
        />`
      : "";
  const warn = bands.warn ?? bands.critical!;
  const critical = bands.critical ?? (bands.bad === "above" ? scale : 0);
  const zones =
    bands.bad === "above"
      ? [zone(0, warn, "pass"), zone(warn, critical, "warn"), zone(critical, scale, "fail")]
      : [zone(0, critical, "fail"), zone(critical, warn, "warn"), zone(warn, scale, "pass")];
  return html`<svg class="gauge" viewBox="0 0 ${WIDTH} 12" width="${WIDTH}" height="12" aria-hidden="true">
    ${zones}
    <rect class="mark" x="${Math.min(Math.max(x(value) - 1.5, 0), WIDTH - 3)}" y="0" width="3" height="12" rx="1.5" />
  </svg>`;
}
