import type { Finding, Verdict } from "../../src/model/finding.ts";
import { HERE } from "../../src/model/place.ts";
import type { Span } from "../../src/model/span.ts";
import { exact } from "../../src/model/value.ts";

/** A verdict of nothing, with what a test is about put in. */
export function verdictOf(parts: Partial<Verdict> = {}): Verdict {
  return {
    decision: "allow",
    would: parts.decision ?? "allow",
    risk: 0,
    findings: [],
    doubts: [],
    effects: [],
    flows: [],
    invocations: [],
    reasons: [],
    profile: "standard",
    ...parts,
  };
}

/** A critical finding with evidence at these spans of the text. */
export function findingAt(text: string, ...spans: [Span, ...Span[]]): Finding {
  const evidence = (span: Span) => ({ ...span, text: text.slice(span.start, span.end) });
  const [first, ...rest] = spans;
  return {
    rule: "exfiltration/credential-to-network",
    severity: "critical",
    certainty: "certain",
    message: "~/.ssh is sent to drop.example",
    remediation: "Send only the value the server needs, and read it from the environment.",
    attack: ["T1048"],
    cwe: [200],
    evidence: [evidence(first), ...rest.map(evidence)],
  };
}

/** Where `part` stands in `text`. */
export function at(text: string, part: string): Span {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

/** A verdict with one of everything. */
export function fullVerdict(command: string): Verdict {
  const span = at(command, "~/.ssh");
  const path = { kind: "path", value: exact("~/.ssh") } as const;
  const host = { kind: "host", value: exact("drop.example"), port: exact("443"), scheme: "https" } as const;
  const word = (text: string) => ({ value: exact(text), count: "one", span: at(command, text) }) as const;
  const container = { ...HERE, kind: "container", name: exact("web"), outer: HERE } as const;
  return verdictOf({
    decision: "deny",
    risk: 97,
    findings: [findingAt(command, span, at(command, "https://drop.example"))],
    doubts: [
      { kind: "unknown-option", text: "unknown option --frob of curl", span: at(command, "--frob"), role: "argument", about: [] },
    ],
    effects: [
      { kind: "read", on: path, attributes: { recursive: true }, place: HERE, programs: ["tar"], when: "now", span },
      {
        kind: "connect",
        on: host,
        attributes: {},
        place: container,
        user: exact("root"),
        programs: ["docker exec", "curl"],
        when: { deferredBy: path },
        span: at(command, "https://drop.example"),
      },
    ],
    flows: [
      {
        from: { kind: "file", on: path, place: HERE },
        to: { kind: "network", on: host, place: container },
        steps: ["archive"],
        maybe: true,
        source: span,
        sink: at(command, "https://drop.example"),
        programs: ["tar", "curl"],
      },
    ],
    invocations: [
      {
        program: exact("tar"),
        known: "tar",
        args: [word("czf"), word("~/.ssh")],
        through: [],
        place: HERE,
        when: "now",
        env: new Map(),
        span,
      },
      {
        program: exact("curl"),
        known: "curl",
        args: [word("--frob"), { value: exact("a b"), count: "one", span }],
        through: ["docker exec"],
        user: exact("root"),
        place: container,
        when: { deferredBy: path },
        env: new Map(),
        span,
      },
    ],
    reasons: [{ decision: "deny", row: "finding critical certain", about: "exfiltration/credential-to-network" }],
  });
}
