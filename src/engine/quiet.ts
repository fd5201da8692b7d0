/** Which duties need no look, so that a round of the calendar costs nothing. */
export interface Quiet {
  /** Begins a round; a clock that was set back makes everything be looked at again. */
  tick(now: number): void;
  /** No look before `time`, milliseconds since the epoch. */
  until(duty: string, time: number): void;
  is(duty: string, now: number): boolean;
  /** Notes the period in which the missed ones before it were recorded. */
  see(duty: string, period: string): void;
  seen(duty: string, period: string): boolean;
}

export function makeQuiet(): Quiet {
  const untils = new Map<string, number>();
  const periods = new Map<string, string>();
  let last = 0;
  return {
    tick: (now) => {
      if (now < last) untils.clear();
      last = now;
    },
    until: (duty, time) => void untils.set(duty, time),
    is: (duty, now) => now < (untils.get(duty) ?? 0),
    see: (duty, period) => void periods.set(duty, period),
    seen: (duty, period) => periods.get(duty) === period,
  };
}
