import { useState, type ReactNode } from "react";
import type { AccountShown } from "../../../src/api/contract.ts";
import { useTexts } from "../../app/prefs.tsx";
import { useTimes } from "../../app/times.ts";
import { format } from "../../i18n/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { AccountAct, type AccountDeed } from "./account-act.tsx";

const LOOK = { on: "pass", invited: "wait", disabled: "refused", gone: "dropped" } as const;

const stateOf = ({ disabled, grants, password }: AccountShown): keyof typeof LOOK =>
  disabled !== undefined ? "disabled" : grants === null ? "gone" : password ? "on" : "invited";

interface Given {
  readonly account: AccountShown;
  /** Whoever looks may change accounts: signed in by two factors. */
  readonly may: boolean;
  /** It is that of whoever looks: nobody resets or disables their own here. */
  readonly mine: boolean;
}

/** One account: who, whether they come in, what they may, what can be done about it. */
export function AccountRow({ account, may, mine }: Given): ReactNode {
  const { settings } = useTexts();
  const { people: words } = settings;
  const times = useTimes();
  const [asking, ask] = useState<AccountDeed>();
  const { person, name, totp, last, sessions, grants } = account;
  const state = stateOf(account);
  const roles = [...new Set((grants ?? []).map(({ role }) => settings.roles[role]))];
  const facts = [
    ...(roles.length > 0 ? [roles.join(", ")] : []),
    totp ? words.totp : words.noTotp,
    ...(last !== undefined ? [format(words.signedIn, { at: times.at(last) })] : sessions === 0 ? [words.never] : []),
    format(words.sessions, { count: sessions }),
    ...(mine ? [words.mine] : []),
  ];
  const all: readonly AccountDeed[] = state === "disabled" ? ["enable"] : ["reset", "disable"];
  const deeds = may && !mine ? all : [];
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-2.5 first:border-0 first:pt-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name} <code className="font-normal text-quiet">{person}</code>
          <Badge state={LOOK[state]} word={words.states[state]} />
        </p>
        <p className="text-[0.9rem] text-quiet">{facts.join(" · ")}</p>
      </div>
      <div className="flex gap-2">
        {deeds.map((deed) => (
          <Button
            key={deed}
            look={deed === "disable" ? "danger" : "plain"}
            aria-label={format(words.actOf, { what: words.act[deed], person })}
            onClick={() => ask(deed)}
          >
            {words.act[deed]}
          </Button>
        ))}
      </div>
      {asking !== undefined && <AccountAct person={person} deed={asking} onClose={() => ask(undefined)} />}
    </li>
  );
}
