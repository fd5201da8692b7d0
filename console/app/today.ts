import { bookNow } from "../api/queries.ts";
import { useRead } from "../api/use.ts";
import { wallNow } from "./clock.ts";

/** `2026-12-01` in the book's zone. */
export function useToday(): string {
  const timeZone = useRead(bookNow).data?.zone ?? "UTC";
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(wallNow());
}
