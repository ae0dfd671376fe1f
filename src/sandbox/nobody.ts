/**
 * Account that sandboxed commands run under outside the sandbox. It must not be the superuser: no limit on the number of processes
 * holds for that one, and a fork bomb would not be contained (getrlimit(2), RLIMIT_NPROC).
 */
const ID = 65_534;

export const NOBODY: { readonly uid?: number; readonly gid?: number } = process.getuid?.() === 0 ? { uid: ID, gid: ID } : {};
