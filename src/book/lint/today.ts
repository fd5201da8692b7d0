/** `YYYY-MM-DD` of an instant (milliseconds since the epoch) in the zone of this machine, whose name costs more to ask. */
export function dateHere(wall: number): string {
  const now = new Date(wall);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** `YYYY-MM-DD` of an instant (milliseconds since the epoch) in an IANA zone. */
export const dateIn = (wall: number, zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(wall);
