import type { LintRule } from "../../../model/book.ts";
import { give } from "../give.ts";
import { linesOf } from "../lines.ts";

const DENY =
  /\bufw\s+(?:default\s+deny(?:\s+incoming)?|default\s+reject)|\biptables\b.*(?:-P|--policy)\s+INPUT\s+(?:DROP|REJECT)|\bfirewall-cmd\b.*--set-target=DROP/;
const ENABLE =
  /\bufw\s+(?:--force\s+)?enable\b|\biptables\b.*(?:-P|--policy)\s+INPUT\s+(?:DROP|REJECT)|\bfirewall-cmd\s+--reload/;
const SSH = /\bufw\s+(?:allow|limit)\b.*\b(?:ssh|22|OpenSSH)\b|--dport\s+22\b|--add-service=ssh\b/i;

/** A firewall recipe that denies all and is switched on before SSH is allowed locks its operator out (S-082). */
export const firewallLockout: LintRule = {
  codes: ["WB703"],
  run: (book) =>
    book.blocks.flatMap((block) => {
      if (!/ufw|iptables|firewall-cmd/.test(block.text)) return [];
      const lines = linesOf(block).filter(({ text }) => !/^\s*#/.test(text));
      const deny = lines.find(({ text }) => DENY.test(text));
      const enable = lines.find(({ text }) => ENABLE.test(text));
      if (!deny || !enable) return [];
      const allowed = lines.some(({ text, source }) => SSH.test(text) && source.line <= enable.source.line);
      return allowed ? [] : [give("WB703", "error", enable.source, { deny: deny.text.trim(), line: deny.source.line })];
    }),
};
