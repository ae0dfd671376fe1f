import type { Aspect } from "../../model/sandbox.ts";
import type { Said } from "./configured.ts";
import type { UnitSection } from "./unit-lines.ts";

const READ: ReadonlySet<string> = new Set(
  "User Group DynamicUser PrivateUsers PrivateTmp PrivateDevices PrivateNetwork PrivateIPC PrivatePIDs ProtectSystem ProtectHome ProtectHostname ProtectControlGroups ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectClock NoNewPrivileges CapabilityBoundingSet AmbientCapabilities SystemCallFilter AppArmorProfile SELinuxContext IPAddressAllow IPAddressDeny RestrictAddressFamilies Environment PassEnvironment EnvironmentFile MemoryMax CPUQuota TasksMax ReadOnlyPaths ReadWritePaths InaccessiblePaths BindPaths BindReadOnlyPaths TemporaryFileSystem RootDirectory RootImage StateDirectory CacheDirectory LogsDirectory RuntimeDirectory LoadCredential".split(
    " ",
  ),
);
/** Settings that open nothing: how it is started, and what only takes away. */
const INERT: ReadonlySet<string> = new Set(
  "Type RemainAfterExit GuessMainPID PIDFile BusName Restart RestartSec RestartSteps RestartMaxDelaySec SuccessExitStatus RestartPreventExitStatus TimeoutSec TimeoutStartSec TimeoutStopSec TimeoutAbortSec RuntimeMaxSec WatchdogSec NotifyAccess KillMode KillSignal SendSIGKILL StandardInput StandardOutput StandardError SyslogIdentifier WorkingDirectory UMask Nice OOMScoreAdjust OOMPolicy IOWeight CPUWeight CPUAccounting MemoryAccounting TasksAccounting MemoryHigh MemorySwapMax LimitNOFILE LimitNPROC LimitCORE LimitMEMLOCK Slice StateDirectoryMode CacheDirectoryMode LogsDirectoryMode RuntimeDirectoryMode RuntimeDirectoryPreserve UnsetEnvironment RestrictNamespaces RestrictRealtime RestrictSUIDSGID LockPersonality MemoryDenyWriteExecute SystemCallArchitectures SystemCallErrorNumber RemoveIPC ProtectProc ProcSubset DevicePolicy PrivateMounts NoExecPaths ExecPaths KeyringMode SocketBindDeny".split(
    " ",
  ),
);
const EXEC: ReadonlySet<string> = new Set(
  "ExecStart ExecStartPre ExecStartPost ExecStop ExecStopPost ExecReload ExecCondition".split(" "),
);
/** Settings whose paths may hold specifiers. */
const PATHS: ReadonlySet<string> = new Set(
  "ReadOnlyPaths ReadWritePaths InaccessiblePaths BindPaths BindReadOnlyPaths TemporaryFileSystem RootDirectory StateDirectory CacheDirectory LogsDirectory RuntimeDirectory".split(
    " ",
  ),
);

type Doubt = Said & { readonly about: Aspect };

/** What of a unit is not understood, or can't be known from it alone. */
export function unitDoubts(unit: UnitSection): readonly Doubt[] {
  return unit.keys().flatMap((key): readonly Doubt[] => {
    const said = unit.all(key).filter(({ text }) => text !== "");
    if (EXEC.has(key)) return said.flatMap(({ text, at }) => unconfined(key, text, at));
    if (key === "EnvironmentFile") return said.map(({ text, at }) => ({ text: `${text} is not read`, at, about: "env" }));
    if (key === "CapabilityBoundingSet" || key === "AmbientCapabilities")
      return said
        .filter(({ text }) => text.includes("%"))
        .map(({ text, at }) => ({ text: `${text} is not known`, at, about: "capabilities" }));
    if (PATHS.has(key))
      return said
        .filter(({ text }) => text.includes("%"))
        .map(({ text, at }) => ({ text: `${key}=${text} is not known`, at, about: "mounts" }));
    if (READ.has(key) || INERT.has(key)) return [];
    return said.map(({ at }) => ({ text: `${key}= is not understood`, at, about: "runtime" }));
  });
}

/** systemd.service(5): `+` runs a command without the unit's protections, `!` without its user. */
function unconfined(key: string, text: string, at: Said["at"]): readonly Doubt[] {
  const prefix = /^[@:!+|-]*/.exec(text)?.[0] ?? "";
  if (prefix.includes("+")) return [{ text: `${key}=${text} runs outside of it, as root`, at, about: "runtime" }];
  return prefix.includes("!") ? [{ text: `${key}=${text} starts as root`, at, about: "user" }] : [];
}
