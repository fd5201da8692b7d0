import type { ReactNode } from "react";
import { BookPart } from "./book.tsx";
import { Channels } from "./channels.tsx";
import { Engine } from "./engine.tsx";
import { Frame } from "./frame.tsx";
import { Targets } from "./targets.tsx";

/** Which book is run, how the daemon and its store are, what is known of the targets and channels. */
export function SystemPage(): ReactNode {
  return (
    <Frame part="system">
      <BookPart />
      <Engine />
      <Targets />
      <Channels />
    </Frame>
  );
}
