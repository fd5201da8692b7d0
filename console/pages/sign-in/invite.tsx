import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTexts } from "../../app/prefs.tsx";
import { Door, Enter } from "./entry.tsx";
import { Code, Fresh, Person } from "./fields.tsx";

/** Whoever was invited sets a password, and is signed in. */
export function InvitePage(): ReactNode {
  const { invite: words } = useTexts().settings;
  const { person } = useSearch({ strict: false });
  const navigate = useNavigate();
  return (
    <Door title={words.title} first={words.first}>
      <Enter
        send={words.send}
        path="/api/session/invite"
        bodyOf={({ person: who = "", invite = "", password }) => ({
          ...{ person: who.trim(), invite: invite.trim(), password },
        })}
        onEntered={() => void navigate({ to: "/settings" })}
      >
        <Person start={person} />
        <Code name="invite" label={words.code} hint={words.codeHint} />
        <Fresh />
      </Enter>
    </Door>
  );
}
