/** What a command says, as it comes. */
export interface Listener {
  out(chunk: Buffer): void;
  err(chunk: Buffer): void;
}

/** How a channel ended. `code` is the exit status of the remote shell; absent when the connection was lost. */
export interface ChannelEnd {
  readonly code?: number;
  /** What the connection itself said. */
  readonly detail: string;
  /** Nothing can have begun: the connection never stood. */
  readonly refused: boolean;
}

/** One command on a connection. */
export interface Channel {
  write(text: string): void;
  /** Ends its standard input: the dead man's switch. */
  endInput(): void;
  /** Drops it without waiting for anything. */
  destroy(): void;
  readonly closed: Promise<ChannelEnd>;
}

/** A connection to a host, made on first use and again when it was lost. */
export interface Wire extends AsyncDisposable {
  /**
   * Runs a line in the login shell of the host. Rejects with ReachError `unreachable`, or WatchbookError HOST-KEY-UNKNOWN
   * or HOST-KEY-CHANGED; then nothing began.
   */
  open(line: string, listener: Listener): Promise<Channel>;
}
