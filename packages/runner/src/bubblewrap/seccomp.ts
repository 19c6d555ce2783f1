/**
 * The list of what a script may not ask of the kernel, as the program that the kernel runs before each system call (classic BPF).
 * Namespaces and rights are taken from it already; this makes less of the kernel reachable, and closes what namespaces do
 * not separate: sockets of virtual machines (AF_VSOCK), keyrings, and memory that belongs to no process.
 */

/** Numbers by machine: the kernel's names for `process.arch`. */
interface Machine {
  /** AUDIT_ARCH_*: calls by another convention (32-bit ones) end the script, because their numbers mean other calls. */
  readonly audit: number;
  /** First number of the x32 convention, which shares the architecture's name. */
  readonly foreignFrom?: number;
  readonly socket: number;
  readonly clone: number;
  readonly clone3: number;
  readonly denied: readonly number[];
}

// biome-ignore format: a table
const MACHINES: Readonly<Record<string, Machine>> = {
  x64: {
    audit: 0xc000003e,
    foreignFrom: 0x40000000,
    socket: 41, clone: 56, clone3: 435,
    denied: [
      // mount, umount2, pivot_root, chroot, setns, unshare, and the newer calls about mounts
      165, 166, 155, 161, 308, 272, 428, 429, 430, 431, 432, 433, 442,
      // ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_getfd
      101, 310, 311, 312, 438,
      // add_key, request_key, keyctl
      248, 249, 250,
      // bpf, perf_event_open, userfaultfd, io_uring_*, modify_ldt, fanotify_init
      321, 298, 323, 425, 426, 427, 154, 300,
      // memfd_create, memfd_secret, shmget, semget, msgget, mq_open: memory that no limit of a process counts
      319, 447, 29, 64, 68, 240,
      // name_to_handle_at, open_by_handle_at, syslog, quotactl
      303, 304, 103, 179,
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    socket: 198, clone: 220, clone3: 435,
    denied: [
      40, 39, 41, 51, 268, 97, 428, 429, 430, 431, 432, 433, 442,
      117, 270, 271, 272, 438,
      217, 218, 219,
      280, 241, 282, 425, 426, 427, 262,
      279, 447, 194, 190, 186, 180,
      264, 265, 116, 60,
    ],
  },
};

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const DENY = 0x00050001; // EPERM
const UNKNOWN_CALL = 0x00050026; // ENOSYS: the C library then uses clone

/** Where `struct seccomp_data` has them. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;

const AF_UNIX = 1;
/** CLONE_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET. */
const NEW_NAMESPACES = 0x7e020000;

/**
 * The program's bytes, for bubblewrap's `--seccomp`.
 * @param architecture as `process.arch`
 * @returns `undefined` for a machine whose numbers are not known here
 */
export function seccompProgram(architecture: string): Buffer | undefined {
  const machine = MACHINES[architecture];
  if (machine === undefined) return undefined;
  const lines: [code: number, whenTrue: number, whenFalse: number, value: number][] = [];
  const add = (code: number, value: number, whenTrue = 0, whenFalse = 0): void => {
    lines.push([code, whenTrue, whenFalse, value]);
  };
  /** The next line decides for calls that match; the others go on behind it. */
  const when = (code: number, value: number, verdict: number): void => {
    add(code, value, 0, 1);
    add(RETURN, verdict);
  };
  add(LOAD, ARCHITECTURE);
  add(JUMP_EQUAL, machine.audit, 1, 0);
  add(RETURN, KILL);
  add(LOAD, NUMBER);
  if (machine.foreignFrom !== undefined) when(JUMP_AT_LEAST, machine.foreignFrom, KILL);
  when(JUMP_EQUAL, machine.clone3, UNKNOWN_CALL);
  for (const number of machine.denied) when(JUMP_EQUAL, number, DENY);
  // These two depend on their first argument: four lines each, which other calls jump over.
  add(JUMP_EQUAL, machine.socket, 0, 4);
  add(LOAD, FIRST_ARGUMENT);
  add(JUMP_EQUAL, AF_UNIX, 0, 1);
  add(RETURN, ALLOW);
  add(RETURN, DENY);
  add(JUMP_EQUAL, machine.clone, 0, 3);
  add(LOAD, FIRST_ARGUMENT);
  add(JUMP_ANY_BIT, NEW_NAMESPACES, 0, 1);
  add(RETURN, DENY);
  add(RETURN, ALLOW);
  const bytes = Buffer.alloc(lines.length * 8);
  lines.forEach(([code, whenTrue, whenFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(whenTrue, index * 8 + 2);
    bytes.writeUInt8(whenFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return bytes;
}
