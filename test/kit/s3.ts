// An S3-compatible store on loopback: moto (Debian's python3-moto), which speaks S3's wire format and keeps objects in
// memory. A stand-in for Amazon's, and named as such: Debian has no server of S3 for production.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { treeOf } from "./debian.ts";
import { cache, must, until } from "./docker/place.ts";
import { freePort } from "./port.ts";

export interface Store {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** A bucket's objects and their sizes. */
  objects(bucket: string): Promise<readonly { readonly name: string; readonly bytes: number }[]>;
  /** Flips a bit in the middle of an object, as its owner. */
  damage(bucket: string, name: string): void;
  /** Ends it, and all that it kept. */
  stop(): Promise<void>;
}

const MAIN = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])";

const DAMAGE = `
import sys, boto3
url, bucket, name = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
data = bytearray(s3.get_object(Bucket=bucket, Key=name)["Body"].read())
data[len(data) // 2] ^= 0x40
s3.put_object(Bucket=bucket, Key=name, Body=bytes(data))
`;

export async function startS3(t: TestContext, bucket: string): Promise<Store> {
  const moto = join(treeOf("python3-moto", join(cache("debian"), "python3-moto")), "usr/lib/python3/dist-packages");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { PATH: process.env["PATH"], PYTHONPATH: moto, PYTHONDONTWRITEBYTECODE: "1" };
  const child = spawn("/usr/bin/python3", ["-c", MAIN, String(port)], { env, stdio: "ignore" });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  t.after(stop);
  const answers = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}`);
    return fetch(`${url}/`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await until("moto answers", answers);
  const ask = async (method: string, path: string): Promise<string> => {
    const answer = await fetch(`${url}/${path}`, { method });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.text();
  };
  await ask("PUT", bucket);
  return {
    url,
    objects: async (of) =>
      [...(await ask("GET", `${of}?list-type=2`)).matchAll(/<Key>([^<]+)<\/Key>.*?<Size>(\d+)</gs)].map(
        ([, name, size]) => ({ name: name!, bytes: Number(size) }),
      ),
    stop,
    damage: (of, name) => must(["/usr/bin/python3", "-c", DAMAGE, url, of, name]),
  };
}
