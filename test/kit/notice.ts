import type { Lang } from "../../src/model/lang.ts";
import type { Notice } from "../../src/model/notice.ts";
import type { ChannelSpec, NotifierPorts } from "../../src/model/notifier.ts";
import { systemClock } from "../../src/model/time.ts";

/** 2026-11-20T19:03:11Z */
export const NOW = 1_795_201_391_000;

const texts = {
  en: {
    title: "P2 disk of db-1: 91 %",
    body: "The data disk of db-1 is 91 % full (critical from 90 %).\nIt will be full at 04:10 if this goes on.",
    facts: [
      { name: "Target", value: "db-1" },
      { name: "Limit", value: "90 %" },
    ],
    links: ["Acknowledge", "Runbook"],
    shortened: "… (shortened; all of it is in watchbook)",
  },
  zh: {
    title: "P2 db-1 磁盘：91 %",
    body: "db-1 的数据盘已用 91 %（90 % 起为严重）。\n照此下去，04:10 会写满。",
    facts: [
      { name: "对象", value: "db-1" },
      { name: "限值", value: "90 %" },
    ],
    links: ["确认", "规程"],
    shortened: "……（已缩短，全文见 watchbook）",
  },
} as const;

/** A notice as an operator gets it at night. */
export function notice(lang: Lang = "en", more: Partial<Notice> = {}): Notice {
  const { title, body, facts, links, shortened } = texts[lang];
  return {
    id: "n-8f2c41d7",
    group: "disk/db-1",
    event: "fire",
    severity: "P2",
    rank: 1,
    at: NOW - 5_000,
    lang,
    title,
    body,
    facts,
    links: [
      { text: links[0], url: "https://watch.example.com/a/Kq8x?t=1" },
      { text: links[1], url: "https://git.example.com/ops/manual/runbooks/disk.md#clean-up" },
    ],
    shortened,
    ...more,
  };
}

export const channelOf = (
  kind: string,
  params: ChannelSpec["params"],
  more: Partial<ChannelSpec> = {},
): ChannelSpec => ({
  id: "ops",
  kind,
  params,
  allow: ["127.0.0.1"],
  source: { file: "watchbook.yaml", line: 1 },
  lines: {},
  ...more,
});

/** The outside world of a delivery; secrets by their references. */
export const portsOf = (
  secrets: Readonly<Record<string, string>> = {},
  more: Partial<NotifierPorts> = {},
): NotifierPorts => ({
  clock: { ...systemClock, wall: () => NOW },
  signal: new AbortController().signal,
  secret: (name) => Promise.resolve(secrets[name] ?? ""),
  file: () => Promise.reject(new Error("no file")),
  ...more,
});
