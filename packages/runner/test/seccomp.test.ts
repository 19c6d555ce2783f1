/** The program of allowed system calls, run by a small model of the kernel's machine for every call of both architectures. */
import { describe, expect, test } from '@jest/globals';
import { seccompProgram } from '../src/bubblewrap/seccomp.ts';

/** SECCOMP_RET_ALLOW, _KILL_PROCESS, and _ERRNO with either number. */
const VERDICTS: Readonly<Record<number, string>> = {
  2147418112: 'allowed',
  2147483648: 'killed',
  327681: 'EPERM',
  327718: 'ENOSYS',
};

const MACHINES = {
  x64: {
    audit: 0xc000003e,
    other: 0x40000003,
    socket: 41,
    clone: 56,
    clone3: 435,
    execve: 59,
    unshare: 272,
    vsock: 40,
  },
  arm64: {
    audit: 0xc00000b7,
    other: 0x40000028,
    socket: 198,
    clone: 220,
    clone3: 435,
    execve: 221,
    unshare: 97,
    vsock: 40,
  },
} as const;

/** What the kernel would answer. Only the five instructions that the program uses exist. */
function ask(program: Buffer, audit: number, number: number, first = 0): string {
  let accumulator = 0;
  for (let at = 0; ; at++) {
    const code = program.readUInt16LE(at * 8);
    const [whenTrue, whenFalse] = [program.readUInt8(at * 8 + 2), program.readUInt8(at * 8 + 3)];
    const value = program.readUInt32LE(at * 8 + 4);
    const jump = (condition: boolean): void => {
      at += condition ? whenTrue : whenFalse;
    };
    if (code === 0x20)
      accumulator =
        new Map([
          [0, number],
          [4, audit],
          [16, first],
        ]).get(value) ?? Number.NaN;
    else if (code === 0x15) jump(accumulator === value);
    else if (code === 0x35) jump(accumulator >= value);
    else if (code === 0x45) jump((accumulator & value) !== 0);
    else if (code === 0x06) return VERDICTS[value] ?? `return ${value}`;
    else throw new Error(`no instruction ${code}`);
  }
}

describe.each(['x64', 'arm64'] as const)('on %s', (architecture) => {
  const machine = MACHINES[architecture];
  const program = seccompProgram(architecture) ?? Buffer.alloc(0);

  test('sockets between its own processes and no others', () => {
    expect(ask(program, machine.audit, machine.socket, 1)).toBe('allowed');
    for (const family of [0, 2, 10, 16, 17, 38, machine.vsock])
      expect([family, ask(program, machine.audit, machine.socket, family)]).toEqual([family, 'EPERM']);
  });

  test('processes and threads, and no namespaces', () => {
    expect(ask(program, machine.audit, machine.clone, 17)).toBe('allowed');
    expect(ask(program, machine.audit, machine.clone, 0x003d0f00)).toBe('allowed');
    for (const flag of [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000])
      expect([flag, ask(program, machine.audit, machine.clone, flag | 17)]).toEqual([flag, 'EPERM']);
    expect(ask(program, machine.audit, machine.unshare)).toBe('EPERM');
    expect(ask(program, machine.audit, machine.clone3)).toBe('ENOSYS');
  });

  test('every number gets an answer, and most are allowed', () => {
    const answers = Array.from({ length: 500 }, (_, number) => ask(program, machine.audit, number));
    expect(answers.every((answer) => ['allowed', 'EPERM', 'ENOSYS'].includes(answer))).toBe(true);
    expect(answers.filter((answer) => answer === 'allowed').length).toBeGreaterThan(440);
    expect(ask(program, machine.audit, machine.execve)).toBe('allowed');
  });

  test('calls by another convention end it', () => {
    expect(ask(program, machine.other, 1)).toBe('killed');
    if (architecture === 'x64') expect(ask(program, machine.audit, 0x40000000 + machine.socket, 2)).toBe('killed');
  });
});

test('a machine whose numbers are not known has no program', () => {
  expect(seccompProgram('riscv64')).toBeUndefined();
});
