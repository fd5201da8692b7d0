import type { Socket } from "node:net";
import { send, type Message } from "../lines.ts";

/** A slow voice takes so long for everything it says. */
const SLOW_MS = 5_000;

/** How a front answers: at once, or late. */
export interface Voice {
  say(socket: Socket, message: Message): void;
  slow(): void;
  /** What it owes is said at once. */
  quick(): void;
}

export function voice(): Voice {
  const late = new Map<NodeJS.Timeout, () => void>();
  let isSlow = false;
  return {
    say: (socket, message) => {
      if (!isSlow) return send(socket, message);
      const timer = setTimeout(() => {
        late.delete(timer);
        send(socket, message);
      }, SLOW_MS);
      late.set(timer, () => send(socket, message));
    },
    slow: () => {
      isSlow = true;
    },
    quick: () => {
      isSlow = false;
      for (const [timer, answer] of late) {
        clearTimeout(timer);
        answer();
      }
      late.clear();
    },
  };
}
