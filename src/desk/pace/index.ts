export { PACE, Pace, type Paced, type PaceLimits } from "./pace.ts";
export { shareOf, slotAfter } from "./slot.ts";
