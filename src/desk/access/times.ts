import type { Emergency, SignIn } from "../../model/account.ts";

const MINUTE = 60_000;
/** Without a request: a shift's desk may be left for a meal, not for a night. */
export const IDLE_MS = 120 * MINUTE;
/** However busy: one shift. */
export const ABSOLUTE_MS = 12 * 60 * MINUTE;
/** In which the second factor must follow the password. */
export const HALF_MS = 5 * MINUTE;
/** A code with which a person sets a password. */
export const INVITE_MS = 72 * 60 * MINUTE;
/** Longest emergency, minutes. */
export const EMERGENCY_MINUTES = 240;

/** When a sign-in ends if nothing more is done, milliseconds since the epoch. */
export const endOf = ({ ended, ends, seen, made, half }: SignIn): number =>
  ended ?? Math.min(ends, half ? made + HALF_MS : seen + IDLE_MS);

export const isOver = (signIn: SignIn, now: number): boolean => now >= endOf(signIn);

/** An emergency ends by itself. */
export const isOn = ({ ended, until }: Emergency, now: number): boolean => ended === undefined && now < until;
