import { z } from "zod";

/** Where a connection goes to. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const FORM = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/;

const isPort = (given: number): boolean => given > 0 && given < 65_536;

/** `host:port` or `[::1]:port`. */
export const address = z
  .string()
  .refine((given) => isPort(Number(FORM.exec(given)?.[3])), "address")
  .transform((given): Address => {
    const [, bracketed, plain, port] = FORM.exec(given)!;
    return { host: bracketed ?? plain!, port: Number(port) };
  });

/** A TCP port. */
export const port = z.int().min(1).max(65_535);

export const addressText = ({ host, port }: Address): string => (host.includes(":") ? `[${host}]` : host) + `:${port}`;
