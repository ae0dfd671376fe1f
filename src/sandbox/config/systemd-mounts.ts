import type { SandboxMount } from "../../model/sandbox.ts";
import type { Position, Said } from "./configured.ts";
import type { UnitSection } from "./unit-lines.ts";

type Placed = SandboxMount & { readonly at?: Position };

const SYSTEM = ["/usr", "/boot", "/efi"];
const HOMES = ["/home", "/root", "/run/user"];
const STATE: readonly (readonly [string, string])[] = [
  ["StateDirectory", "/var/lib"],
  ["CacheDirectory", "/var/cache"],
  ["LogsDirectory", "/var/log"],
  ["RuntimeDirectory", "/run"],
];

/** What a service sees: the host's files, as far as its unit leaves them. Source: systemd.exec(5). */
export function mountsOf(unit: UnitSection, dynamic: boolean): readonly Placed[] {
  const paths = (key: string, as: (path: string) => Omit<Placed, "target">): readonly Placed[] =>
    unit.words(key).flatMap(({ text, at }) => {
      const path = text.replace(/^[-+]+/, "");
      return path.startsWith("/") && !path.includes("%") ? [{ ...as(path), target: path, at }] : [];
    });
  const bind = (writable: boolean) => (path: string) => ({ kind: "bind" as const, source: path, writable });
  return [
    ...rootOf(unit, dynamic),
    ...systemOf(unit),
    ...homesOf(unit, dynamic),
    ...(unit.is("PrivateTmp") || unit.is("PrivateTmp", "disconnected") || dynamic ? ["/tmp", "/var/tmp"].map(empty) : []),
    ...(unit.is("PrivateDevices") ? [{ kind: "dev" as const, target: "/dev", writable: true }] : []),
    ...paths("TemporaryFileSystem", () => ({ kind: "tmpfs", writable: true })).map((one) => ({
      ...one,
      target: one.target.split(":")[0] ?? one.target,
    })),
    ...paths("ReadOnlyPaths", bind(false)),
    ...paths("ReadWritePaths", bind(true)),
    ...STATE.flatMap(([key, above]) =>
      unit.words(key).map(({ text, at }) => {
        const path = `${above}/${text.split(":")[0] ?? text}`;
        return { ...bind(true)(path), target: path, at };
      }),
    ),
    ...unit.words("BindReadOnlyPaths").flatMap((said) => bound(said, false)),
    ...unit.words("BindPaths").flatMap((said) => bound(said, true)),
    ...paths("InaccessiblePaths", () => ({ kind: "masked", writable: false })),
    ...unit.words("LoadCredential").map(({ text, at }) => ({
      kind: "secret" as const,
      target: `/run/credentials/${text.split(":")[0] ?? text}`,
      writable: false,
      at,
    })),
  ];
}

const empty = (target: string): Placed => ({ kind: "tmpfs", target, writable: true });

/** ProtectSystem=strict leaves nothing to write; another root may be given. */
function rootOf(unit: UnitSection, dynamic: boolean): readonly Placed[] {
  if (unit.last("RootImage")) return [];
  const given = unit.last("RootDirectory");
  const said = given ?? unit.last("ProtectSystem");
  const writable = !unit.is("ProtectSystem", "strict") && !dynamic;
  return [{ kind: "bind", source: given?.text ?? "/", target: "/", writable, ...(said ? { at: said.at } : {}) }];
}

function systemOf(unit: UnitSection): readonly Placed[] {
  const said = unit.last("ProtectSystem");
  if (!said || !(unit.is("ProtectSystem") || unit.is("ProtectSystem", "full"))) return [];
  const folders = unit.is("ProtectSystem", "full") ? [...SYSTEM, "/etc"] : SYSTEM;
  return folders.map((path) => ({ kind: "bind", source: path, target: path, writable: false, at: said.at }));
}

function homesOf(unit: UnitSection, dynamic: boolean): readonly Placed[] {
  if (unit.is("ProtectHome")) return HOMES.map((target) => ({ kind: "masked", target, writable: false }));
  if (unit.is("ProtectHome", "tmpfs")) return HOMES.map((target) => ({ kind: "tmpfs", target, writable: false }));
  if (!unit.is("ProtectHome", "read-only") && !dynamic) return [];
  return HOMES.map((path) => ({ kind: "bind", source: path, target: path, writable: false }));
}

/** `SOURCE[:TARGET[:OPTIONS]]`. */
function bound({ text, at }: Said, writable: boolean): readonly Placed[] {
  const [source = "", target = source] = text.replace(/^-/, "").split(":");
  return source.startsWith("/") && !text.includes("%") ? [{ kind: "bind", source, target, writable, at }] : [];
}
