/** A moment and the used share then, %. */
export interface Used {
  readonly at: number;
  readonly value: number;
}

/** A fall from a peak to a trough: logs were rotated, or somebody cleaned up. */
export interface Fall {
  readonly peak: Used;
  readonly trough: Used;
}

/** A fall counts from so many points of the share on, and from this share of the peak. */
const LEAST_POINTS = 0.5;
const LEAST_SHARE = 0.03;

const leastOf = (peak: Used): number => Math.max(LEAST_POINTS, LEAST_SHARE * peak.value);

/** The falls among points that come oldest first; what rises again by less than a fall belongs to it. */
export function fallsOf(points: readonly Used[]): readonly Fall[] {
  const falls: Fall[] = [];
  let [peak, trough]: [Used | undefined, Used | undefined] = [points[0], undefined];
  for (const point of points) {
    if (!peak) break;
    if (trough === undefined) {
      if (point.value >= peak.value) peak = point;
      else if (peak.value - point.value >= leastOf(peak)) trough = point;
    } else if (point.value <= trough.value) trough = point;
    else if (point.value - trough.value >= leastOf(peak)) {
      falls.push({ peak, trough });
      [peak, trough] = [point, undefined];
    }
  }
  return peak && trough ? [...falls, { peak, trough }] : falls;
}
