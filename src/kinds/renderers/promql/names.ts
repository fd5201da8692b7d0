/** Name of the alert that always fires: when it is missed, nobody watches. */
export const DEADMAN = "watchbook.deadman";
export const UNWATCHED = "watchbook.unwatched";
/** Severity of what is no alert of the book. */
export const NO_SEVERITY = "none";
