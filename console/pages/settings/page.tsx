import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "../../api/session.ts";
import { useTexts } from "../../app/prefs.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Section } from "../../ui/section.tsx";
import { Account } from "./account.tsx";
import { Emergency } from "./emergency.tsx";
import { Factor } from "./factor.tsx";
import { Frame } from "./frame.tsx";
import { Password } from "./password.tsx";
import { Sessions } from "./sessions.tsx";
import { Tokens } from "./tokens.tsx";

/** One's own account: how one is known here, and what else acts in one's name. */
export function SettingsPage(): ReactNode {
  const { settings: words, signIn } = useTexts();
  const now = useSession();
  const { href } = useLocation();
  if (now === undefined) return <Frame part="own">{null}</Frame>;
  if (now.person === null)
    return (
      <Frame part="own">
        <Section title={words.you.title}>
          <Empty say={words.signedOut} fix={words.signedOutFix}>
            <Link to="/sign-in" search={{ next: href }}>
              {signIn.title}
            </Link>
          </Empty>
        </Section>
      </Frame>
    );
  return (
    <Frame part="own">
      <Account session={now} />
      <Factor session={now} />
      <Emergency session={now} />
      <Password person={now.person.id} />
      <Sessions />
      <Tokens person={now.person.id} />
    </Frame>
  );
}
