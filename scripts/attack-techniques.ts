/** Tactics in the order of ATT&CK, Enterprise, Linux and macOS and containers; names by https://attack.mitre.org/techniques/. */
const TACTICS: Readonly<Record<string, string>> = {
  "Initial Access": `
T1078 Valid Accounts
T1078.003 Valid Accounts: Local Accounts
T1133 External Remote Services
T1190 Exploit Public-Facing Application
T1195.001 Supply Chain Compromise: Compromise Software Dependencies and Development Tools
T1195.002 Supply Chain Compromise: Compromise Software Supply Chain`,
  Reconnaissance: `
T1595.002 Active Scanning: Vulnerability Scanning`,
  Execution: `
T1053.002 Scheduled Task/Job: At
T1053.003 Scheduled Task/Job: Cron
T1059 Command and Scripting Interpreter
T1059.004 Command and Scripting Interpreter: Unix Shell
T1072 Software Deployment Tools
T1129 Shared Modules
T1609 Container Administration Command
T1610 Deploy Container`,
  Persistence: `
T1037 Boot or Logon Initialization Scripts
T1098 Account Manipulation
T1098.001 Account Manipulation: Additional Cloud Credentials
T1098.003 Account Manipulation: Additional Cloud Roles
T1098.004 Account Manipulation: SSH Authorized Keys
T1098.006 Account Manipulation: Additional Container Cluster Roles
T1098.007 Account Manipulation: Additional Local or Domain Groups
T1136.001 Create Account: Local Account
T1505 Server Software Component
T1505.003 Server Software Component: Web Shell
T1505.004 Server Software Component: IIS Components
T1542 Pre-OS Boot
T1543 Create or Modify System Process
T1543.002 Create or Modify System Process: Systemd Service
T1546 Event Triggered Execution
T1546.004 Event Triggered Execution: Unix Shell Configuration Modification
T1546.016 Event Triggered Execution: Installer Packages
T1547 Boot or Logon Autostart Execution
T1547.006 Boot or Logon Autostart Execution: Kernel Modules and Extensions
T1554 Compromise Host Software Binary
T1574 Hijack Execution Flow
T1574.006 Hijack Execution Flow: Dynamic Linker Hijacking
T1574.007 Hijack Execution Flow: Path Interception by PATH Environment Variable`,
  "Privilege Escalation": `
T1055.008 Process Injection: Ptrace System Calls
T1068 Exploitation for Privilege Escalation
T1548 Abuse Elevation Control Mechanism
T1548.001 Abuse Elevation Control Mechanism: Setuid and Setgid
T1548.003 Abuse Elevation Control Mechanism: Sudo and Sudo Caching
T1611 Escape to Host`,
  "Defense Evasion": `
T1006 Direct Volume Access
T1014 Rootkit
T1027 Obfuscated Files or Information
T1027.003 Obfuscated Files or Information: Steganography
T1027.010 Obfuscated Files or Information: Command Obfuscation
T1036 Masquerading
T1036.003 Masquerading: Rename Legitimate Utilities
T1036.005 Masquerading: Match Legitimate Resource Name or Location
T1070 Indicator Removal
T1070.002 Indicator Removal: Clear Linux or Mac System Logs
T1070.003 Indicator Removal: Clear Command History
T1070.004 Indicator Removal: File Deletion
T1070.006 Indicator Removal: Timestomp
T1140 Deobfuscate/Decode Files or Information
T1202 Indirect Command Execution
T1218 System Binary Proxy Execution
T1222.002 File and Directory Permissions Modification: Linux and Mac
T1553 Subvert Trust Controls
T1553.001 Subvert Trust Controls: Gatekeeper Bypass
T1553.004 Subvert Trust Controls: Install Root Certificate
T1553.006 Subvert Trust Controls: Code Signing Policy Modification
T1562 Impair Defenses
T1562.001 Impair Defenses: Disable or Modify Tools
T1562.003 Impair Defenses: Impair Command History Logging
T1562.004 Impair Defenses: Disable or Modify System Firewall
T1562.006 Impair Defenses: Indicator Blocking
T1562.007 Impair Defenses: Disable or Modify Cloud Firewall
T1562.012 Impair Defenses: Disable or Modify Linux Audit System
T1564 Hide Artifacts
T1564.001 Hide Artifacts: Hidden Files and Directories
T1564.002 Hide Artifacts: Hidden Users
T1578 Modify Cloud Compute Infrastructure
T1578.003 Modify Cloud Compute Infrastructure: Delete Cloud Instance
T1620 Reflective Code Loading`,
  "Credential Access": `
T1003.007 OS Credential Dumping: Proc Filesystem
T1003.008 OS Credential Dumping: /etc/passwd and /etc/shadow
T1040 Network Sniffing
T1056.001 Input Capture: Keylogging
T1056.002 Input Capture: GUI Input Capture
T1110 Brute Force
T1528 Steal Application Access Token
T1552 Unsecured Credentials
T1552.001 Unsecured Credentials: Credentials In Files
T1552.003 Unsecured Credentials: Shell History
T1552.004 Unsecured Credentials: Private Keys
T1552.005 Unsecured Credentials: Cloud Instance Metadata API
T1552.007 Unsecured Credentials: Container API
T1555 Credentials from Password Stores
T1555.005 Credentials from Password Stores: Password Managers
T1555.006 Credentials from Password Stores: Cloud Secrets Management Stores
T1556 Modify Authentication Process
T1556.003 Modify Authentication Process: Pluggable Authentication Modules
T1557 Adversary-in-the-Middle`,
  Discovery: `
T1018 Remote System Discovery
T1033 System Owner/User Discovery
T1046 Network Service Discovery
T1057 Process Discovery
T1082 System Information Discovery
T1083 File and Directory Discovery
T1087.001 Account Discovery: Local Account
T1518 Software Discovery
T1580 Cloud Infrastructure Discovery
T1613 Container and Resource Discovery`,
  "Lateral Movement": `
T1021.004 Remote Services: SSH
T1021.005 Remote Services: VNC
T1563.001 Remote Service Session Hijacking: SSH Hijacking`,
  Collection: `
T1005 Data from Local System
T1074.001 Data Staged: Local Data Staging
T1113 Screen Capture
T1114.001 Email Collection: Local Email Collection
T1115 Clipboard Data
T1123 Audio Capture
T1125 Video Capture
T1213 Data from Information Repositories
T1213.003 Data from Information Repositories: Code Repositories
T1560.001 Archive Collected Data: Archive via Utility`,
  "Command and Control": `
T1071 Application Layer Protocol
T1071.001 Application Layer Protocol: Web Protocols
T1090 Proxy
T1090.003 Proxy: Multi-hop Proxy
T1095 Non-Application Layer Protocol
T1102 Web Service
T1105 Ingress Tool Transfer
T1219 Remote Access Tools
T1571 Non-Standard Port
T1572 Protocol Tunneling`,
  Exfiltration: `
T1041 Exfiltration Over C2 Channel
T1048 Exfiltration Over Alternative Protocol
T1048.003 Exfiltration Over Alternative Protocol: Exfiltration Over Unencrypted Non-C2 Protocol
T1537 Transfer Data to Cloud Account
T1567 Exfiltration Over Web Service
T1567.001 Exfiltration Over Web Service: Exfiltration to Code Repository
T1567.002 Exfiltration Over Web Service: Exfiltration to Cloud Storage
T1567.003 Exfiltration Over Web Service: Exfiltration to Text Storage Sites`,
  Impact: `
T1485 Data Destruction
T1486 Data Encrypted for Impact
T1489 Service Stop
T1490 Inhibit System Recovery
T1495 Firmware Corruption
T1496.001 Resource Hijacking: Compute Hijacking
T1498.001 Network Denial of Service: Direct Network Flood
T1499 Endpoint Denial of Service
T1499.001 Endpoint Denial of Service: OS Exhaustion Flood
T1499.003 Endpoint Denial of Service: Application Exhaustion Flood
T1499.004 Endpoint Denial of Service: Application or System Exploitation
T1529 System Shutdown/Reboot
T1531 Account Access Removal
T1561.001 Disk Wipe: Disk Content Wipe
T1561.002 Disk Wipe: Disk Structure Wipe
T1565.001 Data Manipulation: Stored Data Manipulation
T1565.002 Data Manipulation: Transmitted Data Manipulation`,
};

export interface Technique {
  readonly id: string;
  readonly name: string;
}

/** Each tactic with its techniques; one of several tactics stands under the first that fits commands. */
export const TECHNIQUES: ReadonlyMap<string, readonly Technique[]> = new Map(
  Object.entries(TACTICS).map(([tactic, text]) => [
    tactic,
    text
      .trim()
      .split("\n")
      .map((line) => ({ id: line.slice(0, line.indexOf(" ")), name: line.slice(line.indexOf(" ") + 1) })),
  ]),
);
