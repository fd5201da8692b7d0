/** A database server as seen from the target, and the system user that its programs and its restored copy run as. */
interface ServerFields {
  readonly connect: {
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    readonly user?: string | undefined;
  };
  readonly user: string;
  /** Folder of its programs. */
  readonly programs?: string | undefined;
}

/** Variables that programs of every database find; what is not said is empty. */
export const serverEnv = ({ connect, user, programs }: ServerFields) => ({
  WB_HOST: connect.host ?? "",
  WB_PORT: String(connect.port ?? ""),
  WB_DB_USER: connect.user ?? "",
  WB_USER: user,
  WB_PROGRAMS: programs ?? "",
});
