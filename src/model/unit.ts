/** Units a value can have; time is always seconds, size always bytes, ratio is 0 to 100. */
export type Unit = "%" | "seconds" | "bytes" | "count" | "days" | "bytes/day" | "per-minute" | "fraction" | "none";
