/** Pages that exist, in the order of the navigation. `key`: after `g` it leads there. */
export const PAGES = [
  { id: "today", path: "/", key: "t" },
  { id: "alerts", path: "/alerts", key: "a" },
  { id: "duties", path: "/duties", key: "d" },
  { id: "manual", path: "/manual", key: "m" },
  { id: "runs", path: "/runs", key: "r" },
] as const;
export type PageId = (typeof PAGES)[number]["id"];
