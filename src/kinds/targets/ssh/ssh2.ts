import { userInfo } from "node:os";
import { WatchbookError } from "../../../model/error.ts";
import { fingerprint, knownHosts, typeOf } from "./known-hosts.ts";
import { fileOf, knownName, type SshParams } from "./options.ts";
import { OpenSsh } from "./openssh.ts";
import { hostKeyChanged, hostKeyUnknown, unreachable, type Peer } from "./refusal.ts";
import { expanded, first, said as ask, settingsFor, settingsOf, type Settings } from "./settings.ts";
import { certificateBeside, missingFeature } from "./ssh2-features.ts";
import {
  asksNoProof,
  keepsKeys,
  library,
  type Ssh2Channel,
  type Ssh2Client,
  type Ssh2Key,
  type Ssh2Library,
} from "./ssh2-library.ts";
import { unhurriedSocket, type UnhurriedSocket } from "./socket.ts";
import { unchanged } from "./unchanged.ts";
import type { Channel, ChannelEnd, Listener, Wire } from "./wire.ts";

/** Signature algorithms of a key type: RSA keys have several. */
const SIGNED: Readonly<Record<string, readonly string[]>> = { "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"] };
/** What the library can check (its SUPPORTED_SERVER_HOST_KEY); it throws at any other. */
const CHECKED = /^(ssh-(ed25519|rsa|dss)|rsa-sha2-(512|256)|ecdsa-sha2-nistp(256|384|521))$/;
const KEEPALIVE_MS = 5_000;
const KEEPALIVES = 3;

interface Login {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** Ways to log in, in order. */
  readonly authHandler: readonly object[];
}

/** A connection that stands. */
interface Standing extends Pick<UnhurriedSocket, "hurry"> {
  readonly client: Ssh2Client;
}

/** What the library cannot do, by its name. */
const cannot = ({ target }: Peer, feature: string): WatchbookError =>
  new WatchbookError("SSH2-REFUSED", { target, feature });

/** The agent's socket: only a program that we start knows our environment here. Many hosts at once ask it once. */
let asking: Promise<string | undefined> | undefined;
const agentSocket = (): Promise<string | undefined> =>
  (asking ??= ask("sh", ["-c", 'printf "%s\\n" "$SSH_AUTH_SOCK"'])
    .then((socket) => socket.trim() || undefined)
    .finally(() => (asking = undefined)));

/** The login failed, and the agent holds a certificate: it may be what the host wants, and only ssh itself can show it. */
class AgentCertificate extends Error {}

/** Whether the agent holds a certificate of a user (its keys as `ssh-add -L` lists them). */
async function agentCertifies(): Promise<boolean> {
  const listed = await ask("ssh-add", ["-L"]).catch(() => "");
  return listed.split("\n").some((line) => line.split(" ")[0]!.endsWith("-cert-v01@openssh.com"));
}

/** Why a login was denied, once it was: as it is, or that ssh itself may be let in. */
async function judged(denied: Promise<Error>): Promise<Error> {
  const failed = await denied;
  return (await agentCertifies()) ? new AgentCertificate(failed.message) : failed;
}

const hostsIn = (bytes: Buffer): ReturnType<typeof knownHosts> => knownHosts(bytes.toString("utf8"));

/** The first key that can be used without asking somebody for its passphrase. */
function firstKey(paths: readonly string[], parse: Ssh2Library["utils"]["parseKey"]): Ssh2Key | undefined {
  const keyIn = (bytes: Buffer): Ssh2Key | undefined => {
    // A file may hold several: the first one is its owner's.
    const key = [parse(bytes)].flat()[0]!;
    // One with a passphrase, of a kind that the library does not know, or the public half of one that the agent has.
    return key instanceof Error || !key.isPrivateKey() ? undefined : key;
  };
  for (const path of paths) {
    const key = unchanged("key", expanded(path), keyIn);
    if (key) return key;
  }
  return undefined;
}

/** A connection of the ssh2 library: one process for many hosts, and a tenth of the work per command. */
export class Ssh2 implements Wire {
  readonly #params: SshParams;
  readonly #root: string;
  readonly #peer: Peer;
  #client: Promise<Standing> | undefined;
  /** What is used where the library cannot log in and ssh itself may. */
  #instead: Wire | undefined;

  constructor(params: SshParams, root: string, peer: Peer) {
    this.#params = params;
    this.#root = root;
    this.#peer = peer;
  }

  async open(line: string, listener: Listener): Promise<Channel> {
    if (this.#instead) return this.#instead.open(line, listener);
    this.#client ??= this.#connect();
    const mine = this.#client;
    try {
      const { client, hurry } = await mine;
      hurry();
      return await new Promise<Channel>((resolve, reject) => {
        client.exec(line, (error, channel) =>
          error ? reject(unreachable(this.#peer, error.message, error)) : resolve(channelOf(channel, listener)),
        );
      });
    } catch (error) {
      if (this.#client === mine) this.#client = undefined;
      if (error instanceof AgentCertificate) {
        this.#instead ??= new OpenSsh(this.#params, this.#root, this.#peer);
        return this.#instead.open(line, listener);
      }
      // An error of the library that was thrown, not told: the connection ended between the two calls.
      if ((error as Error).message === "Not connected") throw unreachable(this.#peer, "not connected", error);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { client } = (await this.#client?.catch(() => undefined)) ?? {};
    this.#client = undefined;
    client?.end();
    client?.destroy();
    await this.#instead?.[Symbol.asyncDispose]();
  }

  async #connect(): Promise<Standing> {
    const { Client, utils } = await library(this.#peer.target);
    const settings = this.#params.config === "none" ? settingsOf("") : await settingsFor(this.#params, this.#root);
    const identities = this.#identities(settings);
    const login = await this.#login(settings, identities, (key) => utils.parseKey(key));
    const certificate = certificateBeside(identities);
    const name = first(settings, "hostkeyalias") ?? knownName(login.host, login.port);
    const known = unchanged("known_hosts", fileOf(this.#root, this.#params.knownHosts), hostsIn)(name);
    if (known.types.length === 0)
      throw known.authority
        ? cannot(this.#peer, `@cert-authority (${this.#params.knownHosts})`)
        : hostKeyUnknown(this.#peer);
    const serverHostKey = known.types.flatMap((type) => SIGNED[type] ?? [type]).filter((type) => CHECKED.test(type));
    if (serverHostKey.length === 0) throw cannot(this.#peer, `host key ${known.types.join(", ")}`);
    let refused: WatchbookError | undefined;
    let isAsking = false;
    const denied = Promise.withResolvers<Error>();
    const client = new Client();
    const { promise, resolve, reject } = Promise.withResolvers<Standing>();
    const { socket, hurry } = unhurriedSocket(login.host, login.port);
    asksNoProof(client);
    keepsKeys(client);
    client.on("ready", () => resolve({ client, hurry }));
    void judged(denied.promise).then(reject);
    const said: string[] = [];
    client.on("error", (error) => {
      said.push(error.message);
      // What the agent cannot do, a key on disk may: the library tries the next way by itself.
      if (error.level === "agent") return;
      // The bare key was not enough: the host may want the certificate of it.
      if (error.level === "client-authentication" && certificate !== undefined)
        refused ??= cannot(this.#peer, `certificate ${certificate}`);
      const failed = refused ?? unreachable(this.#peer, said.join("; "), error);
      if (failed === refused || error.level !== "client-authentication") return reject(failed);
      isAsking = true;
      denied.resolve(failed);
    });
    client.on("close", () => {
      if (isAsking) return;
      reject(refused ?? unreachable(this.#peer, "the connection was closed"));
      this.#client = undefined;
    });
    const options = {
      sock: socket,
      username: login.username,
      authHandler: login.authHandler,
      readyTimeout: this.#params.connectMs,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVES,
      algorithms: { serverHostKey },
      hostVerifier: (key: Buffer) => {
        const judged = known.judge(typeOf(key), key);
        if (judged !== "known")
          refused = hostKeyChanged({ ...this.#peer, host: `${this.#peer.host}, ${fingerprint(key)}` });
        return judged === "known";
      },
    };
    try {
      client.connect(options);
    } catch (error) {
      // It did not take the socket: an error of one that nobody hears would end this process.
      socket.destroy();
      throw error;
    }
    return promise;
  }

  #identities(settings: Settings): readonly string[] {
    const { identity } = this.#params;
    return identity === undefined ? (settings.get("identityfile") ?? []) : [fileOf(this.#root, identity)];
  }

  async #login(
    settings: Settings,
    identities: readonly string[],
    parse: Ssh2Library["utils"]["parseKey"],
  ): Promise<Login> {
    const { host, port, user, identity, jump } = this.#params;
    const feature = jump === undefined ? missingFeature(settings, identities) : `jump ${jump}`;
    if (feature !== undefined) throw cannot(this.#peer, feature);
    const key = firstKey(identities, parse);
    const agent = identity === undefined || !key ? await agentSocket() : undefined;
    const username = user ?? first(settings, "user") ?? userInfo().username;
    return {
      host: first(settings, "hostname") ?? host,
      port: port ?? Number(first(settings, "port") ?? 22),
      username,
      authHandler: [
        ...(agent === undefined ? [] : [{ type: "agent", username, agent }]),
        ...(key ? [{ type: "publickey", username, key }] : []),
      ],
    };
  }
}

function channelOf(channel: Ssh2Channel, listener: Listener): Channel {
  const { promise, resolve } = Promise.withResolvers<ChannelEnd>();
  let status: number | undefined;
  channel.on("data", (chunk: Buffer) => listener.out(chunk));
  channel.stderr.on("data", (chunk: Buffer) => listener.err(chunk));
  channel.on("exit", (code: number | null) => (status = code ?? undefined));
  // A broken connection is told by its close.
  channel.on("error", () => undefined);
  channel.on("close", () => resolve({ ...(status !== undefined && { code: status }), detail: "", refused: false }));
  return {
    write: (data) => void channel.write(data),
    endInput: () => void channel.end(),
    destroy: () => void channel.destroy(),
    closed: promise,
  };
}
