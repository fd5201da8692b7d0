import { connect, type Socket } from "node:net";
import { channelMessage, Fields, Frames, MUX, muxMessage, SSH } from "./mux-frames.ts";
import type { Channel, ChannelEnd, Listener } from "./wire.ts";

/** Version of the protocol between the processes of OpenSSH. */
const VERSION = 4;
/** The only request that is made of the process, and our only channel: each command has a socket of its own. */
const REQUEST = 0;
const OURS = 0;
/** How far the host may be ahead of what we have heard, bytes; and the longest piece of it. */
const WINDOW = 2_097_152;
const PIECE = 32_768;
const STANDARD_ERROR = 1;
/** How long the process may take to hear that a command was dropped, milliseconds. */
const DROPPED_MS = 1_000;

/** What the command gets as its input, for as long as the host takes it. */
class Input {
  readonly #waiting: Buffer[] = [];
  readonly #send: (piece: Uint8Array) => void;
  #window = 0;
  #longest = 0;
  #isEnding = false;
  #end: () => void;

  constructor(send: (piece: Uint8Array) => void, end: () => void) {
    [this.#send, this.#end] = [send, end];
  }

  write(text: string): void {
    this.#waiting.push(Buffer.from(text));
    this.#flow();
  }

  end(): void {
    this.#isEnding = true;
    this.#flow();
  }

  /** The host takes so many bytes more, in pieces that are not longer than that. */
  more(bytes: number, longest = this.#longest): void {
    this.#window += bytes;
    this.#longest = longest;
    this.#flow();
  }

  #flow(): void {
    // Nothing is known of the host yet: not even its number of the channel.
    if (this.#longest === 0) return;
    while (this.#waiting.length > 0 && this.#window > 0) {
      const [first] = this.#waiting;
      const piece = first!.subarray(0, Math.min(this.#window, this.#longest));
      this.#window -= piece.length;
      if (piece.length === first!.length) this.#waiting.shift();
      else this.#waiting[0] = first!.subarray(piece.length);
      if (piece.length > 0) this.#send(piece);
    }
    if (!this.#isEnding || this.#waiting.length > 0) return;
    this.#end();
    this.#end = () => undefined;
  }
}

/**
 * A command through the process that holds a shared connection (`ssh -M`), over its socket and without another process: the
 * proxy of OpenSSH 7.4 and later passes messages of a channel on as they are. Whoever closes the socket closes the channel.
 */
class MuxChannel implements Channel {
  readonly closed: Promise<ChannelEnd>;
  readonly #line: string;
  readonly #listener: Listener;
  readonly #socket: Socket;
  readonly #input: Input;
  readonly #resolve: (end: ChannelEnd) => void;
  /** Number that the host gave the channel. */
  #theirs = 0;
  #heard = 0;
  #isProxied = false;
  /** The host was asked to run it. */
  #isAsked = false;
  #code: number | undefined;
  /** Nobody listens any more. */
  #isOver = false;

  constructor(path: string, line: string, listener: Listener) {
    [this.#line, this.#listener] = [line, listener];
    ({ promise: this.closed, resolve: this.#resolve } = Promise.withResolvers<ChannelEnd>());
    this.#input = new Input(
      (piece) => this.#tell(SSH.data, piece),
      () => this.#tell(SSH.eof),
    );
    this.#socket = connect(path);
    const frames = new Frames((body) => (this.#isProxied ? this.#onChannel(body) : this.#onMux(body)));
    this.#socket.on("data", (chunk) => {
      if (this.#isOver) return;
      try {
        frames.push(chunk);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.#lost(`the shared connection said what is no message: ${error.message}`);
      }
    });
    this.#socket.on("error", ({ message }) => this.#lost(message));
    this.#socket.on("close", () => this.#lost("the shared connection was closed"));
    this.#socket.write(Buffer.concat([muxMessage(MUX.hello, VERSION), muxMessage(MUX.proxy, REQUEST)]));
  }

  write(text: string): void {
    this.#input.write(text);
  }

  endInput(): void {
    this.#input.end();
  }

  /**
   * What still comes is read and thrown away until the process has heard it: of a socket that is cut with something unread
   * it keeps the channel, and what the host says afterwards.
   */
  destroy(): void {
    if (this.#isOver) return;
    if (this.#isAsked) this.#tell(SSH.close);
    this.#resolve({ detail: "dropped", refused: false });
    this.#isOver = true;
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), DROPPED_MS).unref();
  }

  #tell(type: number, ...fields: Parameters<typeof channelMessage>[1][]): void {
    this.#socket.write(channelMessage(type, this.#theirs, ...fields));
  }

  /** It ended without a word of the host; refused: the host was not even asked. */
  #lost(detail: string): void {
    this.#ended({ detail, refused: !this.#isAsked });
  }

  #ended(end: ChannelEnd): void {
    this.#isOver = true;
    this.#resolve(end);
    this.#socket.destroy();
  }

  #onMux(body: Buffer): void {
    const fields = new Fields(body, 0);
    const type = fields.number();
    if (type === MUX.hello) return;
    if (type !== MUX.proxied) return this.#lost("the shared connection takes no commands");
    this.#isProxied = true;
    this.#socket.write(channelMessage(SSH.open, "session", OURS, WINDOW, PIECE));
  }

  /** Nothing of a host that is read here may end the program: what is too short is a RangeError. */
  #onChannel(body: Buffer): void {
    // Length of the padding, the type, the number of the channel: always ours.
    const type = body.readUInt8(1);
    const fields = new Fields(body, 6);
    switch (type) {
      case SSH.opened:
        return this.#onOpened(fields);
      case SSH.openFailed:
        return this.#lost(fields.skip(4).text());
      case SSH.adjust:
        return this.#input.more(fields.number());
      case SSH.data:
        return this.#onData("out", fields.bytes());
      case SSH.extended:
        return this.#onData(fields.number() === STANDARD_ERROR ? "err" : "out", fields.bytes());
      case SSH.request:
        return this.#onRequest(fields);
      case SSH.failure:
        // It ran nothing.
        this.#isAsked = false;
        return this.#lost("the host runs no commands");
      case SSH.close:
        this.#tell(SSH.close);
        return this.#onClose();
    }
  }

  #onOpened(fields: Fields): void {
    this.#theirs = fields.number();
    this.#isAsked = true;
    this.#tell(SSH.request, "exec", true, this.#line);
    this.#input.more(fields.number(), fields.number());
  }

  #onData(stream: "out" | "err", bytes: Buffer): void {
    this.#heard += bytes.length;
    if (this.#heard >= WINDOW / 2) {
      this.#tell(SSH.adjust, this.#heard);
      this.#heard = 0;
    }
    this.#listener[stream](bytes);
  }

  #onRequest(fields: Fields): void {
    const [type, wants] = [fields.text(), fields.skip(1)];
    if (type === "exit-status") this.#code = wants.number();
  }

  /** The last word is on its way to the host when the socket ends. */
  #onClose(): void {
    this.#isOver = true;
    this.#resolve({ ...(this.#code !== undefined && { code: this.#code }), detail: "", refused: false });
    this.#socket.end();
  }
}

/** Runs a line through the connection behind a socket; see MuxChannel. What cannot be reached is told by its end. */
export const muxChannel = (path: string, line: string, listener: Listener): Channel =>
  new MuxChannel(path, line, listener);
