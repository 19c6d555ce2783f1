/** Asks a health route and ends with 0 when it answers 200; the image has no curl. Usage: healthcheck.mjs <url> */
try {
  const answer = await fetch(process.argv[2], { signal: AbortSignal.timeout(4_000) });
  process.stdout.write(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
