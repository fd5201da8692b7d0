/** Pages that exist, in the order of the navigation. `key`: after `g` it leads there. */
export const PAGES = [
  { id: "today", path: "/", key: "t" },
  { id: "services", path: "/services", key: "s" },
  { id: "alerts", path: "/alerts", key: "a" },
  { id: "incidents", path: "/incidents", key: "i" },
  { id: "duties", path: "/duties", key: "d" },
  { id: "manual", path: "/manual", key: "m" },
  { id: "runs", path: "/runs", key: "r" },
  { id: "changes", path: "/changes", key: "c" },
  { id: "backups", path: "/backups", key: "b" },
  { id: "evidence", path: "/evidence", key: "e" },
  { id: "settings", path: "/settings", key: "," },
] as const;
export type PageId = (typeof PAGES)[number]["id"];

/** Pages of the settings. */
export const SETTINGS = [
  { id: "own", path: "/settings" },
  { id: "system", path: "/settings/system" },
  { id: "people", path: "/settings/people" },
  { id: "audit", path: "/settings/audit" },
] as const;
