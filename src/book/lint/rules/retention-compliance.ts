import type { LintRule } from "../../../model/book.ts";
import { AUDIT_LOG, NETWORK_LOG } from "../../words/lint.ts";
import { give } from "../give.ts";

/** Days that a profile demands of logs. cn-network-logs: the Cybersecurity Law asks for at least six months of network logs. */
const PROFILES: Readonly<Record<string, { readonly days: number; readonly applies: (name: string) => boolean }>> = {
  "cn-network-logs": { days: 180, applies: (name) => NETWORK_LOG.test(name) || AUDIT_LOG.test(name) },
  "audit-one-year": { days: 365, applies: (name) => AUDIT_LOG.test(name) },
};

/** A retention shorter than a declared compliance profile; without one, audit logs under six months get a note (S-035, S-037). */
export const retentionCompliance: LintRule = {
  codes: ["WB803", "WB804"],
  run: (book) => {
    const declared = book.config.compliance.flatMap((name) => (PROFILES[name] ? [{ name, ...PROFILES[name] }] : []));
    return book.logs.flatMap(({ name, retention, source }) => {
      if (retention.kind !== "age") return [];
      const { days } = retention;
      const broken = declared.filter((profile) => profile.applies(name) && days < profile.days);
      if (broken.length > 0)
        return broken.map((profile) =>
          give("WB803", "error", source, { name, days, profile: profile.name, demanded: profile.days }),
        );
      return declared.length === 0 && AUDIT_LOG.test(name) && days < 180
        ? [give("WB804", "note", source, { name, days })]
        : [];
    });
  },
};
