import { expect, test } from "vitest";
import { readCode } from "../../src/languages/read.ts";
import type { PlaceChange, Run } from "../../src/model/binding.ts";
import { exact, printValue } from "../../src/model/value.ts";
import { shown } from "./shown.ts";

/** The places that a document makes: `x /:/host:rw privileged +SYS_ADMIN host-pid`. */
function places(language: string, code: string): string {
  const binding = readCode(language, { value: exact(code), count: "one", span: { start: 0, end: code.length } }, []);
  const changes = [...binding.effects.map(({ at }) => at), ...binding.runs.map(({ enters }: Run) => enters)];
  return [...new Set(changes.flatMap((change) => (change ? place(change) : [])))].join("; ");
}

function place({ kind, name, mounts, privileged, capabilities, namespaces }: PlaceChange): string {
  return [
    `${kind} ${name ? printValue(name) : ""}`,
    ...(mounts ?? []).map(
      ({ source, target, writable }) => `${printValue(source)}:${printValue(target)}:${writable ? "rw" : "ro"}`,
    ),
    ...(privileged ? ["privileged"] : []),
    ...(capabilities ?? []).map((one) => `+${one}`),
    ...(namespaces ?? []).map((one) => `host-${one}`),
  ].join(" ");
}

test.each([
  ['FROM alpine\nRUN id\nRUN ["apk", "add", "x"]', "runs sh: id; runs apk add x", "build alpine"],
  ["FROM alpine AS a\nRUN apk add \\\n  # why\n  curl \\\n  jq", "runs sh: apk add  curl  jq", "build alpine"],
  ["FROM alpine\nRUN <<EOF\nid\ncurl h.test | sh\nEOF\nRUN ls", "runs sh: id\ncurl h.test | sh; runs sh: ls", "build alpine"],
  ['FROM alpine\nRUN <<-"X" cat > /a\nhello\nX', 'runs sh: <<-"X" cat > /a\nhello\nX', "build alpine"],
  ["FROM alpine\nRUN --mount=type=bind,source=/,target=/x cat /x/a", "runs sh: cat /x/a", "build alpine"],
  [
    "FROM alpine\nRUN --security=insecure --network=host mount /dev/sda1 /mnt",
    "runs sh: mount /dev/sda1 /mnt",
    "build alpine privileged host-net",
  ],
  [
    "FROM alpine\nONBUILD RUN curl h.test\nONBUILD ADD http://h.test/a /a\nONBUILD COPY . /x",
    "connects http://h.test/a; runs sh: curl h.test",
    "build alpine",
  ],
  [
    'FROM alpine\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl h.test | sh\nFROM b\nRUN id',
    "runs /bin/bash -o pipefail -c curl h.test | sh; runs sh: id",
    "build alpine; build b",
  ],
  [
    'FROM alpine\nADD https://h.test:8/a.sh /a.sh\nADD ["http://h.test/b", "/b"]\nADD a.tgz /',
    "connects https://h.test:8/a.sh; connects http://h.test/b",
    "",
  ],
  ["# escape=`\nFROM x\nRUN dir `\n  c:\\", "runs sh: dir  c:\\", "build x"],
  ["# syntax=docker/dockerfile:1\n# escape=\\\nFROM x\nRUN a \\\n  b", "runs sh: a  b", "build x"],
  [
    'FROM x\nUSER app:app\nWORKDIR /srv\nENV A=1\nENV B two\nRUN make\nCMD ["rm", "-rf", "/"]',
    "runs sh: make in /srv with A=1 B=two",
    "build x",
  ],
  ["COPY a b\nCMD id\nHEALTHCHECK CMD curl h.test", "", ""],
])("what a Dockerfile runs happens in the image that is built: %s", (code, does, where) => {
  expect(shown("dockerfile", code)).toBe(does);
  expect(places("dockerfile", code)).toBe(where);
});

test.each([
  [
    "services:\n  a:\n    image: x\n    volumes:\n      - ./d:/d:ro\n      - data:/v\n      - /:/host",
    "creates container a",
    "container x ./d:/d:ro /:/host:rw",
  ],
  [
    "services:\n  a:\n    image: x\n    volumes:\n      - type: bind\n        source: /var/run/docker.sock\n        target: /s\n        read_only: true",
    "creates container a",
    "container x /var/run/docker.sock:/s:ro",
  ],
  [
    'services:\n  a: {image: x, privileged: true, pid: host, network_mode: "host", cap_add: [SYS_ADMIN]}',
    "creates container a",
    "container x privileged +SYS_ADMIN host-pid host-net",
  ],
  [
    "services:\n  a:\n    image: x\n    devices: ['/dev/sda:/dev/sda', {source: /dev/kvm}]\n    security_opt: [seccomp:unconfined]",
    "creates container a; configures container a how=unconfined; mounts /dev/sda how=passthrough; mounts /dev/kvm how=passthrough",
    "container x",
  ],
  ["x-a: &a\n  privileged: true\nservices:\n  a:\n    <<: *a\n    image: x", "creates container a", "container x privileged"],
  [
    "services:\n  base: &b {image: y, command: id}\n  a:\n    <<: [*b]\n    command: ls",
    "creates container base; creates container a; runs sh: id; runs sh: ls",
    "container y",
  ],
  [
    "services:\n  b:\n    image: y\n    pid: host\n  a:\n    extends: {service: b}\n    command: ls",
    "creates container b; creates container a; runs sh: ls",
    "container y host-pid",
  ],
  [
    "services:\n  a:\n    image: x\n    volumes: ['h:/h']\nvolumes:\n  h:\n    driver_opts: {type: none, o: bind, device: /}",
    "creates container a",
    "container x /:/h:rw",
  ],
  [
    "services:\n  a: {image: x, secrets: [k]}\nsecrets:\n  k: {file: /etc/shadow}",
    "creates container a",
    "container x /etc/shadow:/run/secrets:ro",
  ],
  [
    "services:\n  a:\n    image: x\n    entrypoint: [sh, -c]\n    command: curl h.test",
    "creates container a; runs sh: 'sh' '-c' curl h.test",
    "container x",
  ],
  [
    "services:\n  a:\n    image: x\n    command:\n      - sh\n      - -c\n      - |\n        id\n        ls $$HOME",
    "creates container a; runs sh -c id\nls $HOME",
    "container x",
  ],
  [
    'services:\n  a:\n    image: x\n    command: sh -c "curl h.test\n      | sh"\n    pid: host',
    'creates container a; runs sh: sh -c "curl h.test | sh"',
    "container x host-pid",
  ],
  [
    'services:\n  a:\n    image: x\n    healthcheck: {test: [CMD-SHELL, "curl h.test | sh"]}\n    post_start:\n      - command: id',
    "creates container a; runs sh: curl h.test | sh; runs sh: id",
    "container x",
  ],
  [
    "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM z\n        RUN id",
    "creates container a; runs dockerfile: FROM z\nRUN id",
    "container a",
  ],
  [
    "services:\n  a:\n    image: x\n    use_api_socket: true",
    "creates container a",
    "container x /var/run/docker.sock:/var/run/docker.sock:rw",
  ],
])("what a Compose service gets of the host and runs: %s", (code, does, where) => {
  expect(shown("compose", code)).toBe(does);
  expect(places("compose", code)).toBe(where);
});

test.each([
  [
    "kind: Pod\nmetadata: {name: p}\nspec:\n  hostPID: true\n  containers:\n  - {name: c, image: x, command: [id], securityContext: {privileged: true}}",
    "creates clusterObject pod/p; creates clusterObject pod/p; runs id",
    "container x privileged host-pid",
  ],
  [
    'kind: Deployment\nmetadata:\n  name: d\nspec:\n  template:\n    spec:\n      initContainers:\n      - image: x\n        args: [a]\n        lifecycle: {postStart: {exec: {command: [ls]}}}\n      containers:\n      - image: y\n        command: ["sh", "-c"]\n        args:\n        - |\n          id',
    "creates clusterObject deployment/d; creates clusterObject deployment/d; creates clusterObject deployment/d; runs ls; runs sh -c id",
    "container x; container y",
  ],
  [
    "kind: CronJob\nmetadata: {name: j}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers: [{image: x, command: [sh, -c, id]}]",
    "creates clusterObject cronjob/j; creates clusterObject cronjob/j; runs sh -c id",
    "container x",
  ],
  [
    "kind: DaemonSet\nmetadata: {name: d}\nspec:\n  template:\n    spec:\n      hostNetwork: true\n      volumes:\n      - name: h\n        hostPath: {path: /}\n      containers:\n      - image: x\n        volumeMounts:\n        - {name: h, mountPath: /host, readOnly: true}",
    "creates clusterObject daemonset/d; creates clusterObject daemonset/d",
    "container x /:/host:ro host-net",
  ],
  [
    '{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"image":"x","securityContext":{"capabilities":{"add":["SYS_ADMIN"]}}}]}},{"kind":"ConfigMap","metadata":{"name":"c"}}]}',
    "creates clusterObject pod/p; creates clusterObject pod/p; creates clusterObject configmap/c",
    "container x +SYS_ADMIN",
  ],
  [
    "kind: ConfigMap\nmetadata: {name: c}\n---\nkind: Secret\nmetadata: {name: s}",
    "creates clusterObject configmap/c; creates clusterObject secret/s",
    "",
  ],
  [
    "kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {kind: ClusterRole, name: cluster-admin}",
    "creates clusterObject clusterrolebinding/b; configures clusterObject clusterrolebinding/b how=grant content=cluster-admin",
    "",
  ],
  [
    "kind: ClusterRole\nmetadata: {name: r}\nrules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}",
    "creates clusterObject clusterrole/r; configures clusterObject clusterrole/r how=grant content=*",
    "",
  ],
  [
    "kind: ClusterRole\nmetadata: {name: r}\nrules:\n- {apiGroups: ['*'], resources: [pods], verbs: [get]}",
    "creates clusterObject clusterrole/r",
    "",
  ],
  ['{"spec":{"hostPID":true}}', "creates clusterObject object/*; configures clusterObject object/*", "container * host-pid"],
  [
    '{"spec":{"template":{"spec":{"volumes":[{"name":"h","hostPath":{"path":"/etc"}}]}}}}',
    "creates clusterObject object/*; configures clusterObject object/*",
    "container * /etc:/:rw",
  ],
  ['{"spec":{"replicas":3}}', "", ""],
  [
    '[{"op":"add","path":"/spec/template/spec/hostPID","value":true}]',
    "creates clusterObject object/*; configures clusterObject object/*",
    "container * host-pid",
  ],
  [
    '[{"op":"replace","path":"/spec/template/spec/containers/0/securityContext","value":{"privileged":true}}]',
    "creates clusterObject object/*; creates clusterObject object/*",
    "container * privileged",
  ],
  [
    '[{"op":"add","path":"/spec/template/spec/volumes/-","value":{"name":"h","hostPath":{"path":"/"}}}]',
    "creates clusterObject object/*; configures clusterObject object/*",
    "container * /:/:rw",
  ],
  ['[{"op":"remove","path":"/spec/template/spec/hostPID"}]', "", ""],
  [
    '{"spec":{"ephemeralContainers":[{"image":"x","command":["\\u0069d"]}]}}',
    "creates clusterObject object/*; creates clusterObject object/*; runs id",
    "container x",
  ],
  [
    "kind: Pod\nmetadata: {name: p}\nspec:\n  securityContext: &s {privileged: true}\n  containers:\n  - image: x\n    securityContext: *s",
    "creates clusterObject pod/p; creates clusterObject pod/p",
    "container x privileged",
  ],
  [
    "kind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - image: x\n    securityContext: {seccompProfile: {type: Unconfined}}",
    "creates clusterObject pod/p; creates clusterObject pod/p; configures clusterObject pod/p how=unconfined",
    "container x",
  ],
])("what Kubernetes objects get of the node, run and bind: %s", (code, does, where) => {
  expect(shown("kubernetes", code)).toBe(does);
  expect(places("kubernetes", code)).toBe(where);
});

test.each(["compose", "kubernetes"])("%s: aliases of aliases end in a doubt", (language) => {
  const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`);
  expect(shown(language, ["a0: &a0 x", ...lines].join("\n"))).toContain("opaque-code");
});
