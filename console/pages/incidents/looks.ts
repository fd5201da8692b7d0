/** Colours of the states of an incident, its clocks and the user's path, by states that are known elsewhere. */
export const STATE = { confirming: "wait", open: "error", resolved: "flawed", closed: "over" } as const;
export const CLOCK = { running: "wait", paused: "paused", kept: "done", broken: "missed" } as const;
export const PATH = { green: "pass", red: "fail", unknown: "unknown" } as const;
