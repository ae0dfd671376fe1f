import { z } from "zod";
import { ASPECTS, MOUNT_KINDS, NAMESPACES, RUNTIMES } from "../model/sandbox.ts";
import { mapping, text, texts } from "./schema.ts";

/** Scalars arrive as texts; the published schema says what they are in YAML and JSON. */
const flag = z
  .enum(["true", "false"], "expected true or false")
  .transform((word) => word === "true")
  .meta({ json: "boolean" });
const amount = text.meta({ json: "amount" });

const mount = mapping({
  kind: z
    .enum(MOUNT_KINDS)
    .optional()
    .describe("bind (default if there is a source that is a path), volume, tmpfs, token, secret, …"),
  source: text.optional().describe("path of the host, relative ones from the file's folder; a volume's name"),
  target: text.describe("absolute path inside; for a bind the source, if it is not given").optional(),
  writable: flag.optional().describe("default: false"),
});

const user = mapping({
  name: text.optional(),
  uid: amount.optional().describe("0 is root"),
  home: text.optional().describe("what ~ means inside"),
  mapped: flag.optional().describe("root inside is somebody else outside: a user namespace"),
});

const limits = mapping({ memory: amount.optional(), cpus: amount.optional(), processes: amount.optional() });

/** What a profile says, but for its name. Suites hold it as `context: { sandbox: … }`. */
const PARTS = {
  about: text.optional(),
  runtime: z
    .enum(RUNTIMES)
    .describe("host: no sandbox; container; vm: a kernel of its own; jail: the host's files and kernel behind restrictions"),
  lifetime: z.enum(["ephemeral", "kept"]).optional().describe("ephemeral: nobody misses what is lost inside (default: kept)"),
  user: user.optional(),
  privileged: flag.optional(),
  read_only: flag.optional().describe("its own file system can't be written"),
  mounts: z.array(mount, "expected a list of mounts").optional(),
  writable: texts.optional().describe("writable roots: where writing is meant to happen (default: wherever it can)"),
  project: texts.optional().describe("folders of what is worked on: precious"),
  precious: texts.optional().describe("what is inside and must not get lost or out"),
  sockets: texts.optional().describe("sockets of the host that are inside, by their path there"),
  devices: texts.optional().describe("devices of the host, by their path inside"),
  capabilities: texts.optional().describe("all it has, without CAP_; ALL (default: the runtime's)"),
  namespaces: z.array(z.enum(NAMESPACES), "expected a list of namespaces").optional().describe("shared with the host"),
  seccomp: z.enum(["default", "custom", "unconfined"]).optional(),
  lsm: z.enum(["confined", "unconfined"]).optional().describe("AppArmor, SELinux, Landlock, Seatbelt"),
  new_privileges: flag.optional().describe("programs may gain rights by set-user-ID files"),
  masked: flag.optional().describe("dangerous parts of /proc and /sys are hidden and read-only (default: true in containers)"),
  network: z
    .union([z.enum(["none", "open"]), mapping({ allow: texts })], 'expected none, open or { allow: ["HOST[:PORT]", …] }')
    .optional(),
  env: texts.optional().describe("names of environment variables that are there"),
  limits: limits.optional(),
  unknown: z
    .array(mapping({ about: z.enum(ASPECTS), text }), "expected a list")
    .optional()
    .describe("parts that are not known: what is said of them is not all there is"),
};

export const sandboxParts = mapping(PARTS);
export const sandboxSchema = mapping({ sandbox: text.describe("its name"), ...PARTS });
export type SandboxFacts = z.infer<typeof sandboxParts>;

/** The text of `schema/sandbox.schema.json`: JSON Schema 2020-12. */
export function sandboxJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(sandboxSchema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const kind = (z.globalRegistry.get(zodSchema) as { json?: string } | undefined)?.json;
      delete jsonSchema.json;
      if (kind === undefined) return;
      for (const key of Object.keys(jsonSchema)) if (key !== "description") delete jsonSchema[key];
      jsonSchema.type = kind === "boolean" ? "boolean" : ["string", "number"];
    },
  });
  const head = { $schema, $id: "https://unpkg.com/argvet/schema/sandbox.schema.json", title: "argvet sandbox profile" };
  return `${JSON.stringify({ ...head, ...rest }, null, 2)}\n`;
}
